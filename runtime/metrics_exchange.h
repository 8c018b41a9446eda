// One HTTP connection to the metrics: one request, one answer, all of it within seconds and of bounded size.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "runtime/metrics_page.h"

namespace lsmpc::runtime {

// Lives while one of its steps is to come; all of them run in the endpoint's thread.
class MetricsExchange : public std::enable_shared_from_this<MetricsExchange> {
 public:
  MetricsExchange(boost::asio::ip::tcp::socket socket, MetricsPage& page);
  void begin();
  // Before its time, to make room for another.
  void close();

 private:
  using Error = boost::beast::error_code;
  using Response = boost::beast::http::response<boost::beast::http::string_body>;

  void decide(const Error& error);
  void look();
  void answer(boost::beast::http::status status, const std::string& text);
  void finish(const Error& error);
  void discard();

  boost::beast::tcp_stream stream_;
  boost::asio::steady_timer retry_;
  MetricsPage& page_;
  boost::beast::flat_buffer buffer_;
  boost::beast::http::request_parser<boost::beast::http::empty_body> parser_;
  std::optional<Response> response_;
  std::optional<boost::beast::http::response_serializer<boost::beast::http::string_body>> serializer_;
  std::chrono::steady_clock::time_point patient_until_{};
  char unread_[512];
  size_t discarded_ = 0;
};

}  // namespace lsmpc::runtime
