# cmake -D PROGRAM=p -D EXPECTED=p.output -P CompareOutput.cmake: fails when p does not print what is expected.
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE actual RESULT_VARIABLE code)
file(READ ${EXPECTED} expected)
if(NOT code EQUAL 0 OR NOT actual STREQUAL expected)
  message(FATAL_ERROR "exit code ${code}; expected:\n${expected}\nit printed:\n${actual}")
endif()
