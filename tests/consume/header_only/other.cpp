// The second file of the consumer.
#include "aesop/core.hpp"
#include "aesop/dmn/compile.hpp"

#include <string>

std::string again(const std::string& text) {
  const aesop::Result<aesop::Value> value = aesop::read_json(text);
  return value ? aesop::write_json(*value).value_or("") : "";
}
