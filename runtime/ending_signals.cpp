#include "runtime/ending_signals.h"

#include <signal.h>
#include <sys/signalfd.h>

#include <cerrno>

#include "runtime/message.h"

namespace lsmpc::runtime {

EndingSignals::EndingSignals() {
  sigset_t both;
  sigemptyset(&both);
  for (int signal : {SIGTERM, SIGINT}) sigaddset(&both, signal);
  sigprocmask(SIG_BLOCK, &both, nullptr);
  signals_ = Descriptor(signalfd(-1, &both, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals_) throw Failure(Message::OurFault, {"signalfd: " + errorText(errno)});
}

}  // namespace lsmpc::runtime
