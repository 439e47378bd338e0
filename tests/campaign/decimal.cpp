// Campaign: random decimal operations, judged by Python's decimal. Argument: how many (--short: 100,000).
//   aesop_campaign_decimal 1000000
// The judge is cases/value/decimal_oracle.py; without python3 the campaign says so and passes.
#include "aesop/value/decimal.hpp"

#include "aesop/base/text.hpp"

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

using namespace aesop;

namespace {

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : random_(seed) {}

  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }

  std::string digits(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out.push_back(static_cast<char>('0' + below(10)));
    return out;
  }

  // Mostly amounts as procedures have them, then every shape that is hard.
  std::string number() {
    std::string out = below(2) ? "-" : "";
    switch (below(8)) {
      case 0:
        return cat(out, digits(1 + below(6)), '.', digits(2));
      case 1:
        return cat(out, digits(34), "E", below(80) - 60);
      case 2:
        return cat(out, "9223372036854775", 800 + below(16), "E-", below(30));
      case 3:
        return cat(out, digits(1 + below(34)), "E", below(12280) - 6176);
      case 4:
        return cat(out, "1", std::string(static_cast<std::size_t>(below(34)), '0'), "E", below(40) - 36);
      case 5:
        return cat(out, std::string(static_cast<std::size_t>(1 + below(34)), '9'), "E-", below(40));
      case 6:
        return cat(out, digits(17 + below(4)), "E", below(20) - 10);
      default:
        return cat(out, digits(1 + below(20)), "E", below(60) - 30);
    }
  }

 private:
  std::mt19937_64 random_;
};

std::string text(const std::optional<Decimal>& value) { return value ? value->to_string() : "none"; }

}  // namespace

int main(int argc, char** argv) {
  const std::string_view argument = argc > 1 ? argv[1] : "1000000";
  const auto count =
      argument == "--short" ? 100'000 : parse_integer<std::int64_t>(argument).value_or(1'000'000);
  if (std::system("python3 -c 'import decimal' 2>/dev/null") != 0) {
    std::puts("skipped: no python3");
    return 0;
  }
  std::FILE* judge = popen("python3 '" AESOP_TESTS_DIR "/cases/value/decimal_oracle.py' check", "w");
  if (judge == nullptr) return 1;
  Numbers numbers(20260323);
  constexpr std::pair<const char*, Rounding> modes[] = {
      {"half_even", Rounding::half_even}, {"half_up", Rounding::half_up},
      {"half_down", Rounding::half_down}, {"up", Rounding::up},
      {"down", Rounding::down},           {"floor", Rounding::floor},
      {"ceiling", Rounding::ceiling}};
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string a = numbers.number();
    std::string b = numbers.number();
    const auto x = Decimal::parse(a);
    const auto y = Decimal::parse(b);
    std::string op = "parse";
    std::string result = text(x);
    if (x && y) switch (numbers.below(7)) {
        case 0:
          op = "add", result = text(add(*x, *y));
          break;
        case 1:
          op = "subtract", result = text(subtract(*x, *y));
          break;
        case 2:
          op = "multiply", result = text(multiply(*x, *y));
          break;
        case 3:
          op = "divide", result = text(divide(*x, *y));
          break;
        case 4:
          op = "modulo", result = text(modulo(*x, *y));
          break;
        case 5:
          op = "compare", result = cat(compare(*x, *y));
          break;
        default: {
          const auto& [name, mode] = modes[numbers.below(7)];
          const int places = numbers.below(80) - 40;
          op = cat("round_", name), b = cat(places), result = text(x->rounded(places, mode));
        }
      }
    std::fprintf(judge, "%s\t%s\t%s\t%s\n", op.c_str(), a.c_str(), b.c_str(), result.c_str());
  }
  return pclose(judge) == 0 ? 0 : 1;
}
