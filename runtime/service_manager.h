// What a service manager is told of a service that it started (sd_notify's protocol: a datagram to the socket that NOTIFY_SOCKET names).
#pragma once

#include <string>

namespace lsmpc::runtime {

// Lines NAME=VALUE. Nothing happens where nobody wants to know.
void tellManager(const std::string& lines);

}  // namespace lsmpc::runtime
