#include "compiler/driver/verify_guest.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "compiler/driver/guest_of.h"

namespace lsmpc::driver {
namespace {

using Json = nlohmann::json;
using runtime::Message;

constexpr int kHostAtFault = 2, kSecondsToBoot = 120, kSecondsAnObject = 60;  // emulated, on a machine that does other things too
constexpr const char* kSchema = "lsmp-dry-run";

std::string inGuest(size_t object) { return "/objects/" + std::to_string(object) + ".bpf.o"; }

// What `lsmpctl load --dry-run --format json` said of an object.
GuestVerdict read(const std::string& kernel, const std::string& path, const Json& said) {
  GuestVerdict verdict{.kernel = kernel};
  if (said.value("schema", "") == kSchema) {
    for (const Json& policy : said.at("policies"))
      for (const Json& program : policy.at("programs")) verdict.programs.push_back({program.at("name"), program.at("verifier")});
    return verdict;
  }
  bool hosts = said.value("exit", kHostAtFault) == kHostAtFault;
  for (const Json& problem : said.value("problems", Json::array())) {
    std::string text = problem.value("code", "") + ": " + problem.value("text", ""), detail = problem.value("detail", "");
    if (hosts)
      verdict.problems.push_back({Message::GuestFailed, {kernel, text, problem.value("help", "")}, detail});
    else
      verdict.problems.push_back({Message::GuestRefuses, {kernel, path}, text + "\n" + detail});
  }
  return verdict;
}

void failAll(const std::string& kernel, const std::string& why, const std::string& way_out, std::vector<VerifiedObject>& objects) {
  for (VerifiedObject& object : objects)
    if (object.problems.empty()) object.guests.push_back({kernel, {{Message::GuestFailed, {kernel, why, way_out}, {}}}, {}});
}

guest::GuestResult show(const guest::Kernel& kernel, const std::vector<VerifiedObject>& objects) {
  guest::Guest guest = guestOf(kernel);
  guest.seconds = kSecondsToBoot + kSecondsAnObject * static_cast<int>(objects.size());
  for (size_t i = 0; i < objects.size(); ++i) {
    if (!objects[i].problems.empty()) continue;
    guest.files.push_back({objects[i].path, inGuest(i)});
    guest.script += "lsmpctl load --dry-run --format json " + inGuest(i) + " 2>&1\n";
  }
  guest.script += "exit 0\n";
  return guest::boot(guest);
}

}  // namespace

void verifyInGuest(const std::string& kernel, std::vector<VerifiedObject>& objects) {
  auto image = guest::resolveKernel(kernel);
  if (!image)
    return failAll(kernel, "there is no such kernel here",
                   "`lsmpc kernels fetch " + kernel + "` gets one of those that `lsmpc kernels list` names", objects);
  guest::GuestResult result = show(*image, objects);
  if (!result.finished) return failAll(kernel, result.problem, "", objects);
  std::istringstream lines(result.output);
  for (VerifiedObject& object : objects) {
    if (!object.problems.empty()) continue;
    Json said;
    for (std::string line; !said.is_object() && std::getline(lines, line);) said = Json::parse(line, nullptr, false);
    if (said.is_object())
      object.guests.push_back(read(kernel, object.path, said));
    else
      object.guests.push_back({kernel, {{Message::GuestFailed, {kernel, "it said nothing of `" + object.path + "`", ""}, {}}}, {}});
  }
}

}  // namespace lsmpc::driver
