#include "runtime/metrics_exchange.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <string_view>

#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

namespace http = boost::beast::http;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kForRequest{5}, kForAnswer{5};
constexpr std::chrono::seconds kForLock{3};  // in sum within the 10 s that Prometheus waits unless told otherwise
constexpr std::chrono::milliseconds kRetry{50};
constexpr size_t kMostRequest = 8192, kMostDiscarded = 65536;

constexpr std::string_view kPath = "/metrics", kContentType = "text/plain; version=0.0.4", kMethods = "GET, HEAD";

// Who goes away, or is too slow, gets no answer.
bool isMalformed(const boost::beast::error_code& error) {
  return error.category() == http::make_error_code(http::error::bad_method).category() && error != http::error::end_of_stream &&
         error != http::error::partial_message;
}

http::status statusOf(const boost::beast::error_code& error) {
  bool large = error == http::error::header_limit || error == http::error::buffer_overflow;
  return large ? http::status::request_header_fields_too_large : http::status::bad_request;
}

std::string_view pathOf(boost::beast::string_view target) {
  return std::string_view(target.data(), target.size()).substr(0, target.find('?'));
}

}  // namespace

MetricsExchange::MetricsExchange(boost::asio::ip::tcp::socket socket, MetricsPage& page)
    : stream_(std::move(socket)),
      retry_(stream_.get_executor()),
      page_(page),
      buffer_(kMostRequest) {
  parser_.header_limit(kMostRequest);
}

void MetricsExchange::begin() {
  stream_.expires_after(kForRequest);
  http::async_read_header(stream_, buffer_, parser_, [self = shared_from_this()](const Error& error, size_t) { self->decide(error); });
}

void MetricsExchange::close() { stream_.close(); }

void MetricsExchange::decide(const Error& error) {
  if (error) {
    if (isMalformed(error)) answer(statusOf(error), "the request cannot be read: " + error.message());
    return;
  }
  const auto& request = parser_.get();
  if (pathOf(request.target()) != kPath) return answer(http::status::not_found, "metrics are at " + std::string(kPath));
  if (request.method() != http::verb::get && request.method() != http::verb::head)
    return answer(http::status::method_not_allowed, "metrics are read by " + std::string(kMethods));
  patient_until_ = Clock::now() + kForLock;
  look();
}

// Again and again without waiting in between, so that others are answered meanwhile.
void MetricsExchange::look() {
  try {
    if (std::optional<std::string> text = page_.now()) return answer(http::status::ok, *text);
  } catch (const Failure& failure) {
    return answer(http::status::service_unavailable, textOf(failure.problems().front()));
  }
  if (Clock::now() >= patient_until_)
    return answer(http::status::service_unavailable, "another command is at work on the policies: ask again");
  retry_.expires_after(kRetry);
  retry_.async_wait([self = shared_from_this()](const Error&) {
    if (self->stream_.socket().is_open()) self->look();
  });
}

void MetricsExchange::answer(http::status status, const std::string& text) {
  response_.emplace(status, 11);
  response_->set(http::field::content_type, status == http::status::ok ? kContentType.data() : "text/plain; charset=utf-8");
  if (status == http::status::method_not_allowed) response_->set(http::field::allow, kMethods.data());
  response_->keep_alive(false);
  response_->body() = status == http::status::ok ? text : text + "\n";
  response_->prepare_payload();
  serializer_.emplace(*response_);
  stream_.expires_after(kForAnswer);
  auto written = [self = shared_from_this()](const Error& error, size_t) { self->finish(error); };
  if (parser_.is_header_done() && parser_.get().method() == http::verb::head)
    http::async_write_header(stream_, *serializer_, std::move(written));
  else
    http::async_write(stream_, *serializer_, std::move(written));
}

// What the client has sent beyond its request is read before the end: the kernel would reset the connection otherwise, and with it an answer on its way.
void MetricsExchange::finish(const Error& error) {
  if (error) return;
  Error ignored;
  stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  discard();
}

void MetricsExchange::discard() {
  stream_.async_read_some(boost::asio::buffer(unread_), [self = shared_from_this()](const Error& error, size_t size) {
    if (!error && (self->discarded_ += size) < kMostDiscarded) self->discard();
  });
}

}  // namespace lsmpc::runtime
