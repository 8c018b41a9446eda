#include <bpf/libbpf.h>

#include "compiler/object/elf.h"
#include "compiler/object/extension.h"
#include "compiler/object/functions.h"
#include "compiler/object/object.h"
#include "runtime/abi/layout.h"

namespace lsmpc::object {
namespace {

struct ObjectClose {
  void operator()(bpf_object* object) const { bpf_object__close(object); }
};

Map asMap(const bpf_map* map) {
  Map read{.name = bpf_map__name(map),
           .type = bpf_map__type(map),
           .key_size = bpf_map__key_size(map),
           .value_size = bpf_map__value_size(map),
           .max_entries = bpf_map__max_entries(map),
           .flags = bpf_map__map_flags(map)};
  if (const bpf_map* inner = bpf_map__inner_map(const_cast<bpf_map*>(map))) read.inner = std::make_shared<const Map>(asMap(inner));
  return read;
}

// By libbpf, which opens an object without a kernel.
bool readMaps(const std::string& bytes, std::vector<Map>& maps) {
  LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "object");
  std::unique_ptr<bpf_object, ObjectClose> object(bpf_object__open_mem(bytes.data(), bytes.size(), &options));
  if (!object) return false;
  const bpf_map* map;
  bpf_object__for_each_map(map, object.get()) if (!bpf_map__is_internal(map)) maps.push_back(asMap(map));
  return true;
}

bool isData(const Section& section) {
  for (const char* name : {".rodata", ".data", ".bss"})
    if (section.name == name || section.name.starts_with(std::string(name) + ".")) return true;
  return false;
}

void addData(const Elf& elf, std::vector<Map>& maps) {
  for (const Section& section : elf.sections) {
    if (!isData(section) || !(section.header.sh_flags & SHF_ALLOC)) continue;
    Map map{.name = section.name,
            .type = BPF_MAP_TYPE_ARRAY,
            .key_size = 4,
            .value_size = static_cast<uint32_t>(section.header.sh_size),
            .max_entries = 1};
    if (!(section.header.sh_flags & SHF_WRITE)) map.flags = BPF_F_RDONLY_PROG;
    map.is_data = true;
    map.first = section.bytes;
    map.first.resize(map.value_size);
    maps.push_back(std::move(map));
  }
}

void addVariables(const Elf& elf, Object& object) {
  for (const Symbol& symbol : elf.symbols) {
    const Section* section = elf.section(symbol.entry.st_shndx);
    for (uint32_t map = 0; section && map < object.maps.size(); ++map)
      if (object.maps[map].is_data && object.maps[map].name == section->name && symbol.entry.st_value <= object.maps[map].value_size &&
          symbol.entry.st_size <= object.maps[map].value_size - symbol.entry.st_value && GELF_ST_TYPE(symbol.entry.st_info) == STT_OBJECT)
        object.variables[symbol.name] = {map, symbol.entry.st_value, symbol.entry.st_size};
  }
}

}  // namespace

std::optional<Object> readObject(const std::string& bytes, std::string& wrong) {
  auto elf = readElf(bytes);
  if (!elf) return wrong = "no BPF object, or a damaged one", std::nullopt;
  const Section* types = elf->section(".BTF");
  const Section* extension = elf->section(".BTF.ext");
  if (!types || !extension) return wrong = "it has no types (.BTF and .BTF.ext)", std::nullopt;
  Object object;
  if (!readMaps(bytes, object.maps)) return wrong = "libbpf does not open it", std::nullopt;
  addData(*elf, object.maps);
  object.types.reset(btf__new(types->bytes.data(), static_cast<uint32_t>(types->bytes.size())));
  if (!object.types) return wrong = "its types (.BTF) are damaged", std::nullopt;
  auto code = readFunctions(*elf, object.maps, wrong);
  if (!code || !readExtension(extension->bytes, *object.types, code->starts, code->functions, wrong)) return std::nullopt;
  object.functions = std::move(code->functions);
  addVariables(*elf, object);
  if (const Section* first = elf->section(LSMP_FIRST_SECTION)) object.first = first->bytes;
  return object;
}

}  // namespace lsmpc::object
