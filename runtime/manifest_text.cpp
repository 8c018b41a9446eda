#include "runtime/manifest_text.h"

#include <zstd.h>

#include "runtime/abi/layout.h"
#include "runtime/message.h"

namespace lsmpc::runtime {
namespace {

constexpr int kLevel = 3;

bool isFrame(const std::string& bytes) { return bytes.size() > 4 && !bytes.compare(0, 4, LSMP_ZSTD_MAGIC); }

}  // namespace

std::string packManifest(const std::string& text) {
  if (text.size() <= LSMP_PLAIN_MANIFEST) return text;
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  size_t size = ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), kLevel);
  if (ZSTD_isError(size)) return text;
  bytes.resize(size);
  return bytes;
}

std::string unpackManifest(std::string bytes, const std::string& origin) {
  if (!isFrame(bytes)) return bytes;
  unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size > LSMP_LONGEST_MANIFEST) throw Failure(Message::BadManifest, {origin, "it is longer than any is"});
  std::string text(size, '\0');
  size_t done = ZSTD_decompress(text.data(), text.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(done)) throw Failure(Message::BadManifest, {origin, ZSTD_getErrorName(done)});
  return text;
}

}  // namespace lsmpc::runtime
