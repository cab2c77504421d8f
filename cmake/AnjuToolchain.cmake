# The language, the warnings and the instruments every target of ours is built with.
include(CTest)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(ANJU_WERROR "Treat warnings in our own targets as errors" ON)
set(ANJU_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. 'address,undefined' or 'thread'")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

option(ANJU_FUZZ "Build the libFuzzer targets; needs clang" OFF)
if(ANJU_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# The same input must give the same decision on x86 and ARM: no fused multiply-add.
add_compile_options(-ffp-contract=off)

if(ANJU_SANITIZE)
  add_compile_options(-fsanitize=${ANJU_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ANJU_SANITIZE})
endif()

add_library(anju_warnings INTERFACE)
target_compile_options(anju_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Woverloaded-virtual
  $<$<BOOL:${ANJU_WERROR}>:-Werror>)
