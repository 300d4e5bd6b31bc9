# room(NAME SOURCES … USES …): a static library whose include folder only the
# rooms that name it can see, so a wrong #include fails to compile.
add_library(jianbao_flags INTERFACE)
target_compile_definitions(jianbao_flags INTERFACE _POSIX_C_SOURCE=200809L
  $<$<BOOL:${JIANBAO_TIGHT_ARENA}>:JIANBAO_TIGHT_ARENA>)
target_compile_options(jianbao_flags INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wundef -Wvla -Wwrite-strings
  -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wconversion
  -Wno-sign-conversion)

function(room name)
  cmake_parse_arguments(R "" "" "SOURCES;USES" ${ARGN})
  add_library(${name} STATIC ${R_SOURCES})
  target_include_directories(${name} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${name} PRIVATE ${R_USES} jianbao_flags)
endfunction()

# embed(ROOM FILE SYMBOL): the bytes of FILE as `const unsigned char SYMBOL[]`
# and `const size_t SYMBOL_len`, for data lists too long for C literals.
function(embed room file symbol)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c)
  add_custom_command(OUTPUT ${out}
    COMMAND embed ${CMAKE_CURRENT_SOURCE_DIR}/${file} ${symbol} ${out}
    DEPENDS embed ${file} VERBATIM)
  target_sources(${room} PRIVATE ${out})
endfunction()
