# cmake -D IN=… -D OUT=… -P embed.cmake: the bytes of the guard's object as a C++ array.
file(READ ${IN} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
file(WRITE ${OUT} "#include \"runtime/guard/object.h\"\n\nnamespace lsmpc::runtime {\nnamespace {\nalignas(8) constexpr unsigned char kBytes[] = {\n${hex}};\n}  // namespace\n\n\
std::string_view guardObject() { return {reinterpret_cast<const char*>(kBytes), sizeof kBytes}; }\n\n}  // namespace lsmpc::runtime\n")
