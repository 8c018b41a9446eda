// A compiled policy on disk, opened by libbpf but not yet loaded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/fill.h"
#include "runtime/manifest.h"
#include "runtime/object_data.h"
#include "runtime/sets.h"

struct bpf_object;
struct bpf_program;

namespace lsmpc::runtime {

struct ObjectClose {
  void operator()(bpf_object* object) const;
};
using ObjectHandle = std::unique_ptr<bpf_object, ObjectClose>;

// An object's bytes; none: they are read from the path, which messages name it by.
struct ObjectFile {
  std::string path, bytes;
};

struct PolicyObject {
  std::string path;
  Manifest manifest;
  std::string sha256;  // of its bytes
  ObjectHandle handle;
  std::vector<Filled> filled;        // what the loader has written into it
  FirstElements first;               // of its dynamic sets, which are filled once it is loaded
  std::optional<Variable> followed;  // lsmp_followed, where it has one; read after all else was written
};

// Reads the manifest section of an ELF image; throws Failure NotAnObject, NoManifest or what parseManifest throws.
Manifest manifestOf(const std::string& image, const std::string& path);

// What of an object hangs on no host: its bytes are whole, its manifest, programs and maps name each other. Throws Failure with one reason.
PolicyObject openWhole(const ObjectFile& file);

// Throws Failure with one reason; nothing was changed then. `audit`, or the policy's own mode, sets its configuration;
// what the manifest asks the loader for is looked up on this host and filled in.
PolicyObject openObject(const ObjectFile& file, bool audit);

// Objects that `build/index.json` names. Throws Failure NoIndex.
std::vector<std::string> indexedObjects(const std::string& folder);

// What libbpf and the verifier printed since the last call.
std::string takeLibraryLog();

}  // namespace lsmpc::runtime
