/* Socket addresses as the kernel copied them from the caller, and those that sockets are bound and connected to. */
#include "scratch.h"

struct lsmp_inet { lsmp_u16 family, port; lsmp_u32 address; };
struct lsmp_inet6 { lsmp_u16 family, port; lsmp_u32 flow; lsmp_u64 high, low; };

/* bind and sendmsg of IPv4 take AF_UNSPEC for AF_INET (net/ipv4/af_inet.c, net/ipv4/udp.c, net/ipv4/raw.c, net/smc/af_smc.c), sendmsg of raw IPv6
 * for AF_INET6 (net/ipv6/raw.c); to UDP of IPv6 it is no address (net/ipv6/udp.c). */
LSMP_INLINE lsmp_u32 lsmp_socket_address(lsmp_u64 address, lsmp_u32 length, lsmp_u32 unspec, struct lsmp_socket *out) {
  struct lsmp_inet6 raw = {};
  out->high = out->low = 0;
  out->port = out->family = 0;
  if (!length) return LSMP_ABSENT;
  if (length < sizeof(raw.family) || lsmp_load(raw.family, address)) return LSMP_IS_UNRESOLVED;
  if (raw.family == LSMP_AF_UNSPEC && (unspec == LSMP_AF_INET || unspec == LSMP_AF_SMC)) raw.family = LSMP_AF_INET;
  if (raw.family == LSMP_AF_UNSPEC && unspec == LSMP_AF_INET6) raw.family = LSMP_AF_INET6;
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

/* One end of a socket, of which `inet` and `inet6` say where in it an address of either family is, `port_at` where the port; without its byte order. */
LSMP_INLINE lsmp_u32 lsmp_socket_end(lsmp_u64 sock, lsmp_u64 inet, lsmp_u64 inet6, lsmp_u64 port_at, struct lsmp_socket *out) {
  lsmp_u16 family = 0, port = 0;
  lsmp_u32 word = 0;
  lsmp_u64 halves[2] = {};
  out->high = out->low = 0;
  out->port = 0;
  if (lsmp_load(family, sock + lsmp_offset(sock, __sk_common.skc_family))) return LSMP_IS_UNRESOLVED;
  out->family = family;
  if (family != LSMP_AF_INET && family != LSMP_AF_INET6) return LSMP_ABSENT;
  if (lsmp_load(port, sock + port_at)) return LSMP_IS_UNRESOLVED;
  out->port = port;
  if (family == LSMP_AF_INET) {
    if (lsmp_load(word, sock + inet)) return LSMP_IS_UNRESOLVED;
    out->low = 0xffff00000000ULL | __builtin_bswap32(word);
    return LSMP_PRESENT;
  }
  if (lsmp_load(halves, sock + inet6)) return LSMP_IS_UNRESOLVED;
  out->high = __builtin_bswap64(halves[0]);
  out->low = __builtin_bswap64(halves[1]);
  return LSMP_PRESENT;
}

LSMP_INLINE lsmp_u32 lsmp_local_address(lsmp_u64 sock, struct lsmp_socket *out) {
  return lsmp_socket_end(sock, lsmp_offset(sock, __sk_common.skc_rcv_saddr), lsmp_offset(sock, __sk_common.skc_v6_rcv_saddr),
                  lsmp_offset(sock, __sk_common.skc_num), out); /* its port is in host order, unlike the peer's */
}

/* A connection that is dissolved may leave its address behind, and the state says so (net/ipv4/udp.c, net/ipv4/tcp.c). */
LSMP_INLINE lsmp_u32 lsmp_peer_address(lsmp_u64 sock, struct lsmp_socket *out) {
  lsmp_u8 state = 0;
  lsmp_u32 got = lsmp_socket_end(sock, lsmp_offset(sock, __sk_common.skc_daddr), lsmp_offset(sock, __sk_common.skc_v6_daddr),
                          lsmp_offset(sock, __sk_common.skc_dport), out);
  if (got != LSMP_PRESENT) return got;
  out->port = __builtin_bswap16(out->port);
  if (lsmp_load(state, sock + lsmp_offset(sock, __sk_common.skc_state))) return LSMP_IS_UNRESOLVED;
  int nobody = !out->high && (!out->low || out->low == 0xffff00000000ULL);
  return state == LSMP_TCP_CLOSE || state == LSMP_TCP_LISTEN || nobody ? LSMP_ABSENT : LSMP_PRESENT;
}

#define LSMP_UNIX_NAME 108 /* UNIX_PATH_MAX */
#define LSMP_PREFIX 2

LSMP_GLOBAL lsmp_u32 lsmp_unix_path(lsmp_u32 slot, lsmp_u64 address, lsmp_u32 length) {
  lsmp_u16 family = 0;
  struct lsmp_scratch_value *scratch = lsmp_scratch_of(slot);
  if (!scratch) return LSMP_IS_UNRESOLVED;
  if (!length) return LSMP_ABSENT;
  if (length < sizeof(family) || lsmp_load(family, address)) return LSMP_IS_UNRESOLVED;
  if (family != LSMP_AF_UNIX || length == sizeof(family)) return LSMP_ABSENT;
  lsmp_u64 size = length - sizeof(family), name = address + sizeof(family);
  if (size > LSMP_UNIX_NAME) return LSMP_IS_UNRESOLVED;
  struct lsmp_span *string = lsmp_string_of(scratch, slot);
  lsmp_u64 at = lsmp_text_place(slot) + LSMP_PREFIX;
  lsmp_u8 *bytes = &scratch->bytes[at];
  __asm__ volatile("%0 &= 127" : "+r"(size)); /* the verifier, not clang, needs the bound */
  if (bpf_probe_read_kernel(bytes, size, (const void *)name)) return LSMP_IS_UNRESOLVED;
  string->start = at;
  string->length = size;
  if (!bytes[0]) {
    bytes[0] = '@';
    return LSMP_PRESENT;
  }
  long read = bpf_probe_read_kernel_str(bytes, size + 1, (const void *)name); /* to the NUL, or to the end */
  if (read < 2) return LSMP_IS_UNRESOLVED;
  string->length = read - 1;
  if (bytes[0] != '@') return LSMP_PRESENT;
  string->start -= LSMP_PREFIX;
  string->length += LSMP_PREFIX;
  bytes[-2] = '.';
  bytes[-1] = '/';
  return LSMP_PRESENT;
}

/* A name is set once and whole, and lives as long as its socket (net/unix/af_unix.c). */
LSMP_GLOBAL lsmp_u32 lsmp_unix_name(lsmp_u32 slot, lsmp_u64 sock) {
  lsmp_u16 family = 0;
  lsmp_u64 address = 0;
  lsmp_u32 length = 0;
  if (lsmp_load(family, sock + lsmp_offset(sock, __sk_common.skc_family))) return LSMP_IS_UNRESOLVED;
  if (family != LSMP_AF_UNIX) return LSMP_ABSENT;
  if (lsmp_load(address, sock + lsmp_offset(unix_sock, addr))) return LSMP_IS_UNRESOLVED;
  if (!address) return LSMP_ABSENT;
  if (lsmp_load(length, address + lsmp_offset(unix_address, len))) return LSMP_IS_UNRESOLVED;
  if (length == sizeof(family) + LSMP_UNIX_NAME + 1) length--; /* the kernel counts the NUL behind a path */
  return lsmp_unix_path(slot, address + lsmp_offset(unix_address, name), length);
}
