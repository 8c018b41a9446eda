#include "runtime/metrics_endpoint.h"

#include <fcntl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <thread>

#include "runtime/message.h"
#include "runtime/metrics_exchange.h"

namespace lsmpc::runtime {
namespace {

using boost::asio::ip::tcp;
using Error = boost::system::error_code;

constexpr size_t kMostConnections = 16;
constexpr int kBacklog = 16;
constexpr std::chrono::seconds kRest{1};  // where the host has no descriptor or no memory for a connection

// Not for what the rehearsal of a policy executes.
void closeOnExecute(int fd) { fcntl(fd, F_SETFD, FD_CLOEXEC); }

tcp::acceptor listening(boost::asio::io_context& context, const MetricsAddress& address) {
  tcp::endpoint endpoint(boost::asio::ip::make_address(address.address), address.port);
  tcp::acceptor acceptor(context, endpoint.protocol());
  closeOnExecute(acceptor.native_handle());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen(kBacklog);
  return acceptor;
}

}  // namespace

class MetricsEndpoint::Server {
 public:
  explicit Server(const MetricsAddress& address) : acceptor_(listening(context_, address)), rest_(context_), thread_([this] { run(); }) {}
  ~Server() {
    context_.stop();
    thread_.join();
  }

 private:
  // What a connection has no memory for ends that connection.
  void run() {
    while (!context_.stopped()) try {
        if (!accepting_) accept();
        context_.run();
      } catch (const std::exception&) {
        std::this_thread::sleep_for(kRest);
      }
  }

  void accept() {
    acceptor_.async_accept([this](const Error& error, tcp::socket socket) {
      accepting_ = false;
      if (error) return pause();
      serve(std::move(socket));
      accept();
    });
    accepting_ = true;
  }

  void pause() {
    rest_.expires_after(kRest);
    rest_.async_wait([this](const Error&) { accept(); });
    accepting_ = true;
  }

  // The oldest makes room: one that stalls keeps nobody out, and one that asks has its answer long before.
  void serve(tcp::socket socket) {
    closeOnExecute(socket.native_handle());
    exchanges_.remove_if([](const auto& exchange) { return exchange.expired(); });
    if (exchanges_.size() >= kMostConnections) {
      if (auto oldest = exchanges_.front().lock()) oldest->close();
      exchanges_.pop_front();
    }
    auto exchange = std::make_shared<MetricsExchange>(std::move(socket), page_);
    exchanges_.push_back(exchange);
    exchange->begin();
  }

  MetricsPage page_;
  boost::asio::io_context context_{1};
  tcp::acceptor acceptor_;
  boost::asio::steady_timer rest_;
  std::list<std::weak_ptr<MetricsExchange>> exchanges_;
  bool accepting_ = false;
  std::thread thread_;  // last: it uses all the others
};

MetricsEndpoint::MetricsEndpoint(const MetricsAddress& address) {
  try {
    server_ = std::make_unique<Server>(address);
  } catch (const std::system_error& error) {  // a thread's
    throw Failure(Message::EndpointUnusable, {textOf(address), error.code().message()});
  } catch (const boost::system::system_error& error) {
    throw Failure(Message::EndpointUnusable, {textOf(address), error.code().message()});
  }
}

MetricsEndpoint::~MetricsEndpoint() = default;

}  // namespace lsmpc::runtime
