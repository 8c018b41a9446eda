# cmake -D OUT=… -D SOURCES=a.lsmp;b.lsmp -D HEADER=… -D NAMESPACE=… -D TYPE=… -D FUNCTION=… -P embed.cmake: each file's name without
# ending and its text, as a raw string, in the table that FUNCTION of HEADER gives.
set(text "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\nnamespace {\nconstexpr ${TYPE} kTable[] = {\n")
foreach(source ${SOURCES})
  get_filename_component(name ${source} NAME_WE)
  file(READ ${source} content)
  # A string literal holds at most 64 KiB; pieces of it join.
  string(LENGTH "${content}" length)
  string(APPEND text "    {\"${name}\", ")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${content}" ${at} 12000 piece)
    string(APPEND text "R\"lsmp(${piece})lsmp\" ")
    math(EXPR at "${at} + 12000")
  endwhile()
  string(APPEND text "\"\"},\n")
endforeach()
string(APPEND text "};\n}  // namespace\n\nstd::span<const ${TYPE}> ${FUNCTION}() { return kTable; }\n\n}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUT} "${text}")
