#include "runtime/event_log.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/message.h"
#include "runtime/moment.h"

namespace lsmpc::runtime {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLongestLine = 256 * 1024, kBlock = 64 * 1024;
constexpr int kDeepest = 8;
constexpr int kLineVersion = 1;

struct File {
  Descriptor descriptor;
  std::string path;
  dev_t device;
  ino_t inode;
};

// FILE.7: 7; of other names 0.
unsigned numberOf(const fs::path& entry, const std::string& name) {
  std::string text = entry.filename().string();
  unsigned number = 0;
  if (text.compare(0, name.size() + 1, name + ".") != 0) return 0;
  auto [end, error] = std::from_chars(text.data() + name.size() + 1, text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

std::vector<unsigned> numbersBeside(const std::string& path) {
  std::vector<unsigned> numbers;
  fs::path folder = fs::path(path).parent_path();
  std::error_code error;
  for (auto it = fs::directory_iterator(folder.empty() ? "." : folder, error); !error && it != fs::directory_iterator();
       it.increment(error))
    if (unsigned number = numberOf(it->path(), fs::path(path).filename().string())) numbers.push_back(number);
  if (!numbers.empty()) numbers.push_back(*std::max_element(numbers.begin(), numbers.end()) + 1);  // it may turn over just now
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

bool openFile(const std::string& path, std::vector<File>& files) {
  Descriptor descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  struct stat status {};
  if (!descriptor && errno == ENOENT) return false;
  if (!descriptor || fstat(descriptor.get(), &status)) throw Failure(Message::FileUnreadable, {path, errorText(errno)});
  if (!S_ISREG(status.st_mode)) throw Failure(Message::FileUnreadable, {path, "it is no regular file"});
  auto same = [&](const File& file) { return file.device == status.st_dev && file.inode == status.st_ino; };
  if (std::none_of(files.begin(), files.end(), same)) files.push_back({std::move(descriptor), path, status.st_dev, status.st_ino});
  return true;
}

// The oldest first. They are opened the newest first: what turns over meanwhile has a larger number then, and is met again instead of missed.
std::vector<File> openAll(const std::string& path) {
  std::vector<File> files;
  bool found = openFile(path, files);
  for (unsigned number : numbersBeside(path)) found |= openFile(path + "." + std::to_string(number), files);
  if (!found) throw Failure(Message::FileUnreadable, {path, errorText(ENOENT)});
  std::reverse(files.begin(), files.end());
  return files;
}

class LineReader {
 public:
  explicit LineReader(const File& file) : file_(file) {}

  // The next line without its end. `whole` is false where it has none or is longer than any event; then it is not all there.
  bool next(std::string& line, bool& whole) {
    line.clear();
    whole = true;
    for (;;) {
      size_t end = block_.find('\n', at_);
      bool ended = end != std::string::npos;
      size_t length = (ended ? end : block_.size()) - at_;
      whole &= line.size() + length <= kLongestLine;
      if (whole) line.append(block_, at_, length);
      any_ |= length != 0;
      at_ = ended ? end + 1 : block_.size();
      if (ended) {
        any_ = false;
        return true;
      }
      if (!fill()) break;
    }
    whole = false;
    return std::exchange(any_, false);
  }

 private:
  bool fill() {
    block_.resize(kBlock);
    at_ = 0;
    ssize_t got;
    do got = read(file_.descriptor.get(), block_.data(), block_.size());
    while (got < 0 && errno == EINTR);
    if (got < 0) throw Failure(Message::FileUnreadable, {file_.path, errorText(errno)});
    block_.resize(static_cast<size_t>(got));
    return got > 0;
  }

  const File& file_;
  std::string block_;
  size_t at_ = 0;
  bool any_ = false;
};

// Nothing where the line is no event. No event is nested deeply, and what is could not be printed.
std::optional<EventLine> parseLine(const std::string& text) {
  bool shallow = true;
  auto notice = [&](int depth, EventLine::parse_event_t, EventLine&) {
    shallow &= depth <= kDeepest;
    return shallow;
  };
  EventLine line = EventLine::parse(text, notice, false);
  if (!shallow || !line.is_object() || !line.contains("v") || line["v"] != kLineVersion) return std::nullopt;
  return line;
}

class Filter {
 public:
  explicit Filter(const LogRequest& request) : request_(request) {}
  bool passes(const EventLine& line) {
    if (auto time = line.find("time"); time != line.end() && time->is_string())
      if (auto moment = momentOf(time->get_ref<const std::string&>())) now_ = *moment;
    if (request_.since && now_ < *request_.since) return false;
    auto policy = line.find("policy");
    return request_.policy.empty() || policy == line.end() || *policy == request_.policy;
  }

 private:
  const LogRequest& request_;
  int64_t now_ = INT64_MAX;  // of the line before; at first unknown, and shown
};

}  // namespace

uint64_t readLog(const LogRequest& request, const ShowEvent& show, const LeftOut& tell) {
  uint64_t left_out = 0;
  Filter filter(request);
  for (const File& file : openAll(request.path)) {
    LineReader lines(file);
    std::string text;
    uint64_t number = 0;
    for (bool whole = true; lines.next(text, whole);) {
      ++number;
      auto line = whole ? parseLine(text) : std::nullopt;
      if (!line) {
        ++left_out;
        if (tell) tell(file.path, number);
      } else if (filter.passes(*line)) {
        show(*line);
      }
    }
  }
  return left_out;
}

}  // namespace lsmpc::runtime
