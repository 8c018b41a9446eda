# One function per room: `lsmpc_room(compiler/btf LIBS ... )` makes the static library `lsmpc_btf` of every source
# in the folder. Includes are written from the repository root.
find_program(LSMPC_CCACHE ccache)
if(LSMPC_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${LSMPC_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LSMPC_CCACHE})
endif()
find_program(LSMPC_LLD ld.lld-19)
if(LSMPC_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 finds lld by the name `ld.lld` only; a link in the build tree gives it that name.
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/linker)
  file(CREATE_LINK ${LSMPC_LLD} ${CMAKE_BINARY_DIR}/linker/ld.lld SYMBOLIC)
  add_link_options(-B${CMAKE_BINARY_DIR}/linker -fuse-ld=lld)
endif()

add_compile_options(-Wall -Wextra -Wno-missing-field-initializers -Wno-unused-parameter)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CXX_FLAGS_RELEASE MATCHES "-O1")
  # gcc 12 sees overlaps and uninitialised values in libstdc++'s own headers from -O2 on.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized)
endif()
if(LSMPC_WERROR)
  add_compile_options(-Werror)
endif()
if(LSMPC_SANITIZE)
  # gcc 12 sees uninitialised values in libstdc++'s own headers once sanitizers are on.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -Wno-maybe-uninitialized)
  add_link_options(-fsanitize=address,undefined)
endif()

function(lsmpc_room dir)
  cmake_parse_arguments(ROOM "" "" "LIBS" ${ARGN})
  get_filename_component(name ${dir} NAME)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${dir}/*.cpp)
  if(sources)
    add_library(lsmpc_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(lsmpc_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(lsmpc_${name} ${scope} ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(lsmpc_${name} ${scope} ${ROOM_LIBS})
endfunction()

# lsmpc_embed(OUT HEADER NAMESPACE TYPE FUNCTION FILE…): a source with the files' texts as a table (embed.cmake).
function(lsmpc_embed out header namespace type function)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -D OUT=${out} -D HEADER=${header} -D NAMESPACE=${namespace} -D TYPE=${type} -D FUNCTION=${function}
            -D "SOURCES=${ARGN}" -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
endfunction()
