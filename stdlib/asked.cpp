#include "stdlib/asked.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace lsmpc::stdlib {
namespace {

using Words = std::unordered_set<std::string_view>;

bool isWordByte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::vector<std::string_view> wordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && isWordByte(text[end])) ++end;
    if (end != at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// A line that nothing precedes begins a statement or a comment; those behind it that begin with a space belong to it.
struct Piece {
  std::string_view text;
  std::vector<std::string_view> name, hooks;  // of an attribute; no hooks: all
  bool kept;
};

Piece pieceOf(std::string_view text) {
  constexpr std::string_view kAttribute = "attribute ";
  if (!text.starts_with(kAttribute)) return {text, {}, {}, !text.starts_with('#') && !text.starts_with('\n')};
  size_t colon = text.find(" :"), on = text.find(" on ", colon), value = text.find('=', on);
  std::string_view hooks = text.substr(on, value - on).substr(3);
  return {text, wordsOf(text.substr(kAttribute.size(), colon - kAttribute.size())), wordsOf(hooks), false};
}

std::vector<Piece> piecesOf(std::string_view module) {
  std::vector<Piece> pieces;
  for (size_t begin = 0, end = 0; begin < module.size(); begin = end) {
    do {
      end = std::min(module.find('\n', end), module.size() - 1) + 1;
    } while (end < module.size() && (module[end] == ' ' || module[end] == '}'));
    pieces.push_back(pieceOf(module.substr(begin, end - begin)));
  }
  return pieces;
}

bool isAsked(const Piece& piece, const Words& words) {
  auto known = [&](std::string_view word) { return words.contains(word); };
  return std::all_of(piece.name.begin(), piece.name.end(), known) &&
         (piece.hooks.empty() || std::any_of(piece.hooks.begin(), piece.hooks.end(), known));
}

}  // namespace

std::string asked(std::string_view module, std::span<const std::string_view> texts) {
  std::vector<Piece> pieces = piecesOf(module);
  Words words;
  auto learn = [&](std::string_view text) {
    for (std::string_view word : wordsOf(text)) words.insert(word);
  };
  for (std::string_view text : texts) learn(text);
  for (const Piece& piece : pieces)
    if (piece.kept) learn(piece.text);
  for (bool changed = true; changed;) {
    changed = false;
    for (Piece& piece : pieces) {
      if (piece.kept || piece.name.empty() || !isAsked(piece, words)) continue;
      piece.kept = changed = true;
      learn(piece.text.substr(piece.text.find('=')));
    }
  }
  std::string result;
  for (const Piece& piece : pieces) {
    if (piece.kept)
      result += piece.text;
    else
      result.append(static_cast<size_t>(std::count(piece.text.begin(), piece.text.end(), '\n')), '\n');
  }
  return result;
}

}  // namespace lsmpc::stdlib
