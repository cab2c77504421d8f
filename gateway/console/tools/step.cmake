# One step of building the console, in a copy of its sources: modules, build or check.
#   -DSTEP -DSOURCE -DSTAGE -DOUT -DSTAMPS -DNPM -DREQUIRED
# Without its modules nothing can be done; unless REQUIRED that is said and no failure.

function(give_up what)
  if(REQUIRED)
    message(FATAL_ERROR "The web console is not ${what}")
  endif()
  message("The web console is not ${what}; everything else goes on. -DANJU_CONSOLE=OFF leaves it out.")
endfunction()

function(copy_sources)
  foreach(folder src public tests tools)
    file(REMOVE_RECURSE "${STAGE}/${folder}")  # what was deleted must not be built
    file(COPY "${SOURCE}/${folder}" DESTINATION "${STAGE}")
  endforeach()
  file(COPY "${SOURCE}/index.html" "${SOURCE}/vite.config.ts" "${SOURCE}/tsconfig.json" DESTINATION "${STAGE}")
endfunction()

set(ENV{CI} 1)
set(ENV{npm_config_update_notifier} false)

if(STEP STREQUAL "modules")
  file(COPY "${SOURCE}/package.json" "${SOURCE}/package-lock.json" "${SOURCE}/.npmrc" DESTINATION "${STAGE}")
  # Nothing of what is fetched runs while it is installed.
  execute_process(
    COMMAND "${NPM}" ci --ignore-scripts --prefer-offline --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000
    WORKING_DIRECTORY "${STAGE}" RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    file(REMOVE "${STAMPS}/modules.stamp")
    message("${said}")
    give_up("built: npm could not fetch its packages (no network, no cache?)")
    return()
  endif()
  file(TOUCH "${STAMPS}/modules.stamp")
elseif(STEP STREQUAL "build")
  if(NOT EXISTS "${STAMPS}/modules.stamp")
    give_up("built: its packages are not there")
    return()
  endif()
  copy_sources()
  set(ENV{ANJU_CONSOLE_OUT} "${OUT}")
  execute_process(COMMAND "${NPM}" run --silent build WORKING_DIRECTORY "${STAGE}" RESULT_VARIABLE failed
    OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    message(FATAL_ERROR "${said}")
  endif()
  execute_process(COMMAND "${NPM}" run --silent size WORKING_DIRECTORY "${STAGE}" COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
  file(TOUCH "${STAMPS}/console.stamp")
elseif(STEP STREQUAL "check")
  if(NOT EXISTS "${STAMPS}/modules.stamp")
    give_up("checked: its packages are not there")
    return()
  endif()
  copy_sources()
  set(ENV{ANJU_GATEWAY_SOURCES} "${SOURCE}/..")
  execute_process(COMMAND "${NPM}" run --silent check WORKING_DIRECTORY "${STAGE}" COMMAND_ERROR_IS_FATAL ANY)
else()
  message(FATAL_ERROR "unknown step '${STEP}'")
endif()
