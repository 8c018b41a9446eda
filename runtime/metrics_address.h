// Where `apply --watch --metrics` serves what policies count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lsmpc::runtime {

struct MetricsAddress {
  std::string address;  // IPv4 or IPv6, no name: a name would be looked up by whatever the host has for that
  uint16_t port = 0;
};

// This machine alone. The port is outside of those that are agreed on for exporters (9100 to 9999), which all belong to others.
constexpr const char* kMetricsDefault = "127.0.0.1:15767";

// ADDRESS:PORT or [ADDRESS]:PORT; the port is 1 to 65535. Nothing where it is neither.
std::optional<MetricsAddress> metricsAddressOf(const std::string& text);
// The same, as in a URL.
std::string textOf(const MetricsAddress& address);

}  // namespace lsmpc::runtime
