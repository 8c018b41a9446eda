#include "runtime/log_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr int kPatienceMilliseconds = 100;

}  // namespace

LogSocket::LogSocket(const std::string& path) : path_(path) {
  if (int error = connect()) throw Failure(Message::OutputUnusable, {path_, errorText(error)});
}

int LogSocket::connect() {
  Descriptor fresh(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
  if (!fresh || ::connect(fresh.get(), reinterpret_cast<sockaddr*>(&address), sizeof address)) return errno;
  socket_ = std::move(fresh);
  return 0;
}

int LogSocket::trySend(const std::string& datagram) {
  ssize_t sent;
  do sent = ::send(socket_.get(), datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? errno : 0;
}

std::string LogSocket::send(const std::string& datagram) {
  int error = trySend(datagram);
  if (error == ECONNREFUSED || error == ENOTCONN || error == ECONNRESET || error == EPIPE) {
    error = connect();
    if (!error) error = trySend(datagram);
  }
  if (error == EAGAIN && patient_) {
    pollfd writable{socket_.get(), POLLOUT, 0};
    poll(&writable, 1, kPatienceMilliseconds);
    error = trySend(datagram);
  }
  patient_ = error != EAGAIN && (patient_ || !error);
  return !error ? "" : error == EAGAIN ? "its daemon does not keep up" : errorText(error);
}

}  // namespace lsmpc::runtime
