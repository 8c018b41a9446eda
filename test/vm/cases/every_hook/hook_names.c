/* Prints the LSM hooks of the running kernel's own BTF, one a line: members of union security_list_options that point to functions. A
   hook without its function bpf_lsm_NAME, to which no program could attach, is printed with a minus before it. */
#include <fcntl.h>
#include <linux/btf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char* blob;
static const char* strings;
static const struct btf_type** types;
static unsigned count;

static size_t itemsSize(const struct btf_type* type) {
  unsigned length = BTF_INFO_VLEN(type->info);
  switch (BTF_INFO_KIND(type->info)) {
    case BTF_KIND_INT:
    case BTF_KIND_VAR:
    case 17 /* DECL_TAG */: return 4;
    case BTF_KIND_ARRAY: return sizeof(struct btf_array);
    case BTF_KIND_STRUCT:
    case BTF_KIND_UNION: return length * sizeof(struct btf_member);
    case BTF_KIND_ENUM: return length * sizeof(struct btf_enum);
    case BTF_KIND_FUNC_PROTO: return length * sizeof(struct btf_param);
    case BTF_KIND_DATASEC: return length * sizeof(struct btf_var_secinfo);
    case 19 /* ENUM64 */: return length * 12;
    default: return 0;
  }
}

static int readTypes(void) {
  enum { kMost = 64 << 20 };
  int fd = open("/sys/kernel/btf/vmlinux", O_RDONLY);
  size_t size = 0;
  ssize_t got;
  blob = malloc(kMost);
  while (fd >= 0 && (got = read(fd, blob + size, kMost - size)) > 0) size += got;
  const struct btf_header* header = (const void*)blob;
  if (size < sizeof(*header) || header->magic != BTF_MAGIC) return -1;
  strings = blob + header->hdr_len + header->str_off;
  const char *place = blob + header->hdr_len + header->type_off, *end = place + header->type_len;
  types = calloc(header->type_len / sizeof(struct btf_type) + 2, sizeof(*types));
  for (count = 1; place < end; ++count) {
    types[count] = (const void*)place;
    place += sizeof(struct btf_type) + itemsSize(types[count]);
  }
  return 0;
}

static int isFunctionPointer(unsigned id) {
  if (BTF_INFO_KIND(types[id]->info) != BTF_KIND_PTR || types[id]->type == 0) return 0;
  return BTF_INFO_KIND(types[types[id]->type]->info) == BTF_KIND_FUNC_PROTO;
}

static int hasFunction(const char* hook) {
  for (unsigned id = 1; id < count; ++id) {
    const char* name = strings + types[id]->name_off;
    if (BTF_INFO_KIND(types[id]->info) == BTF_KIND_FUNC && !strncmp(name, "bpf_lsm_", 8) && !strcmp(name + 8, hook)) return 1;
  }
  return 0;
}

int main(void) {
  if (readTypes()) return 1;
  for (unsigned id = 1; id < count; ++id) {
    if (BTF_INFO_KIND(types[id]->info) != BTF_KIND_UNION || strcmp(strings + types[id]->name_off, "security_list_options")) continue;
    const struct btf_member* members = (const void*)(types[id] + 1);
    for (unsigned i = 0; i < BTF_INFO_VLEN(types[id]->info); ++i) {
      const char* name = strings + members[i].name_off;
      if (isFunctionPointer(members[i].type)) printf("%s%s\n", hasFunction(name) ? "" : "-", name);
    }
    return 0;
  }
  return 1;
}
