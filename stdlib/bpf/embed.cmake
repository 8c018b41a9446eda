# cmake -D OUT=… -P embed.cmake -- FILE…: a C++ array of the bytes of each file, had by the file's number.
set(arrays)
set(views)
math(EXPR last "${CMAKE_ARGC} - 1")
set(first)
foreach(i RANGE ${last})
  if(first)
    file(READ ${CMAKE_ARGV${i}} hex HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
    string(APPEND arrays "constexpr unsigned char kBytes${i}[] = {\n${hex}};\n")
    string(APPEND views "    {reinterpret_cast<const char*>(kBytes${i}), sizeof(kBytes${i})},\n")
  elseif(CMAKE_ARGV${i} STREQUAL "--")
    set(first ON)
  endif()
endforeach()
file(WRITE ${OUT} "#include \"stdlib/bpf/library_bitcode.h\"\n\nnamespace lsmpc::stdlib {\nnamespace {\n\
${arrays}}  // namespace\n\n\
std::string_view libraryBitcode(Fit fit) {\n  static const std::string_view kLibraries[] = {\n${views}  };\n  return kLibraries[static_cast<int>(fit)];\n}\n\n\
}  // namespace lsmpc::stdlib\n")
