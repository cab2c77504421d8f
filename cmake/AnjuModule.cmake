# anju_library(NAME SOURCES … [PUBLIC dep …] [PRIVATE dep …])
#   A static library `anju_NAME`; headers are included from the repository's root-relative
#   roots `gateway/` and the top ("core/engine.hpp", "drivers/catalog.hpp").
function(anju_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(anju_${name} STATIC ${ARG_SOURCES})
  target_include_directories(anju_${name} PUBLIC "${CMAKE_SOURCE_DIR}/gateway" "${CMAKE_SOURCE_DIR}")
  target_link_libraries(anju_${name} PUBLIC ${ARG_PUBLIC} PRIVATE anju_warnings ${ARG_PRIVATE})
endfunction()

# anju_program(NAME SOURCES … LIBRARIES …): an executable of ours, in ${build}/bin.
function(anju_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/gateway" "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE anju_warnings ${ARG_LIBRARIES})
endfunction()

# anju_test(NAME SOURCES … LIBRARIES … [LABELS …] [TIMEOUT s]): one GoogleTest program, one ctest entry.
function(anju_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  anju_program(${name} SOURCES ${ARG_SOURCES} LIBRARIES ${ARG_LIBRARIES} GTest::gtest GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()
