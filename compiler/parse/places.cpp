#include "compiler/parse/syntax.h"

namespace lsmpc::parse {

Places::Places(base::FileId file, std::string_view text) : file_(file), size_(static_cast<uint32_t>(text.size())) {
  bool ascii = true;
  for (char c : text) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
  if (ascii) return;
  size_t first = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (auto i = static_cast<uint32_t>(first); i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) offsets_.push_back(i);
  offsets_.push_back(size_);
}

uint32_t Places::byteOf(size_t code_point) const {
  if (offsets_.empty()) return static_cast<uint32_t>(std::min<size_t>(code_point, size_));
  return offsets_[std::min(code_point, offsets_.size() - 1)];
}

base::Range Places::of(const antlr4::Token* token) const {
  if (token->getType() == antlr4::Token::EOF) return {file_, size_, size_};
  return {file_, byteOf(token->getStartIndex()), byteOf(token->getStopIndex() + 1)};
}

base::Range Places::of(antlr4::ParserRuleContext* context) const {
  const antlr4::Token* last = context->getStop() ? context->getStop() : context->getStart();
  return base::join(of(context->getStart()), of(last));
}

}  // namespace lsmpc::parse
