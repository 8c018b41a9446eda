# cmake -D IN=library.bc -D OUT=… -P embed.cmake: the bytes of a file as a C++ array.
file(READ ${IN} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
file(WRITE ${OUT} "#include \"stdlib/bpf/library_bitcode.h\"\n\nnamespace lsmpc::stdlib {\nnamespace {\n\
constexpr unsigned char kBytes[] = {\n${hex}};\n}  // namespace\n\n\
std::string_view libraryBitcode() { return {reinterpret_cast<const char*>(kBytes), sizeof(kBytes)}; }\n\n\
}  // namespace lsmpc::stdlib\n")
