/* Socket addresses as the kernel copied them from the caller. */
#include "scratch.h"

struct lsmp_inet { lsmp_u16 family, port; lsmp_u32 address; };
struct lsmp_inet6 { lsmp_u16 family, port; lsmp_u32 flow; lsmp_u64 high, low; };

LSMP_FITTED lsmp_u32 lsmp_socket_address(lsmp_u64 address, lsmp_u32 length, struct lsmp_socket *out) {
  struct lsmp_inet6 raw = {};
  out->high = out->low = 0;
  out->port = out->family = 0;
  if (length < sizeof(raw.family) || lsmp_load(raw.family, address)) return LSMP_IS_UNRESOLVED;
  out->family = raw.family;
  if (raw.family == LSMP_AF_INET) {
    struct lsmp_inet inet = {};
    if (length < sizeof(inet) || lsmp_load(inet, address)) return LSMP_IS_UNRESOLVED;
    out->low = 0xffff00000000ULL | __builtin_bswap32(inet.address); /* as mapped IPv6 */
    out->port = __builtin_bswap16(inet.port);
    return LSMP_PRESENT;
  }
  if (raw.family != LSMP_AF_INET6) return LSMP_ABSENT;
  if (length < sizeof(raw) || lsmp_load(raw, address)) return LSMP_IS_UNRESOLVED;
  out->high = __builtin_bswap64(raw.high);
  out->low = __builtin_bswap64(raw.low);
  out->port = __builtin_bswap16(raw.port);
  return LSMP_PRESENT;
}
