#include "runtime/metrics_address.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace lsmpc::runtime {

std::optional<MetricsAddress> metricsAddressOf(const std::string& text) {
  size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string address = text.substr(0, colon);
  bool brackets = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (brackets) address = address.substr(1, address.size() - 2);
  boost::system::error_code error;
  auto parsed = boost::asio::ip::make_address(address, error);
  if (error || parsed.is_v6() != brackets) return std::nullopt;
  uint16_t port = 0;
  const char* end = text.data() + text.size();
  auto [rest, fault] = std::from_chars(text.data() + colon + 1, end, port);
  if (fault != std::errc() || rest != end || port == 0) return std::nullopt;
  return MetricsAddress{address, port};
}

std::string textOf(const MetricsAddress& address) {
  bool brackets = address.address.find(':') != std::string::npos;
  return (brackets ? "[" + address.address + "]" : address.address) + ":" + std::to_string(address.port);
}

}  // namespace lsmpc::runtime
