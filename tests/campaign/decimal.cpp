// Campaign: random decimal operations, judged by Python's decimal. Argument: how many (--short: 100,000), then a seed.
//   aesop_campaign_decimal 10000000
// The judge is cases/value/decimal_oracle.py. It compares texts, so that printing is judged with every operation.
// Numbers are chosen where rounding is hard: ties, carries, 34 and 35 digits, cancellation, the ends of the range.
// Without python3 the campaign says so and is skipped.
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
  template <typename T, std::size_t n>
  const T& one_of(const T (&list)[n]) {
    return list[below(static_cast<int>(n))];
  }

  std::string digits(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out.push_back(static_cast<char>('0' + below(10)));
    return out;
  }
  static std::string many(char digit, int count) {
    return std::string(static_cast<std::size_t>(count), digit);
  }

  // Digits alone: amounts, and every length and pattern at which a carry, a tie or a change of form happens.
  std::string coefficient() {
    static constexpr int lengths[] = {1,  2,  3,  9,  10, 16, 17, 18, 19, 20, 21,
                                      33, 34, 35, 36, 37, 38, 39, 68, 69, 70};
    static constexpr const char* borders[] = {"9223372036854775807",
                                              "9223372036854775808",
                                              "9223372036854775809",
                                              "18446744073709551615",
                                              "18446744073709551616",
                                              "4294967295",
                                              "4294967296",
                                              "922337203685477580",
                                              "9999999999999999999999999999999999",
                                              "10000000000000000000000000000000000",
                                              "5000000000000000000000000000000000",
                                              "170141183460469231731687303715884105728",
                                              "340282366920938463463374607431768211456",
                                              "1000000000000000000"};
    switch (below(9)) {
      case 0:
        return digits(one_of(lengths));
      case 1:
        return cat(1 + below(9), digits(33));
      case 2:
        return one_of(borders);
      case 3:
        return many('9', 1 + below(37));
      case 4:
        return cat("1", many('0', below(35)), below(3));
      case 5:  // a tie at the 35th digit, or one unit beside it
        return cat(1 + below(9), digits(33), "5", many('0', below(34)), one_of({"", "", "1", "0"}));
      case 6:
        return cat(many('9', 34), one_of({"4", "5", "6", "50", "49", "51", "4999999", "5000000", "5000001"}));
      case 7:
        return cat(1 + below(999), many('0', below(32)));
      default:
        return digits(1 + below(7));
    }
  }

  int exponent(std::size_t size) {
    const int length = static_cast<int>(size);
    switch (below(12)) {
      case 0:
        return below(12290) - 6180;
      case 1:
        return -6176 - below(40);
      case 2:
        return -6176 - length + below(3);
      case 3:
        return 6144 - length + below(3);
      case 4:
        return 6111 + below(3) - 1;
      case 5:
        return below(80) - 40;
      case 6:
        return 0;
      default:
        return -below(5);
    }
  }

  std::string number() {
    const std::string out = below(2) ? "-" : "";
    if (below(3) == 0) return cat(out, digits(1 + below(6)), '.', digits(2));
    const std::string c = coefficient();
    return cat(out, c, "E", exponent(c.size()));
  }

  // A text with a point anywhere, zeros in front, and an exponent now and then.
  std::string written() {
    std::string out = cat(many('0', below(4) ? 0 : below(45)), coefficient());
    const int at = below(static_cast<int>(out.size()) + 1);
    if (at < static_cast<int>(out.size()) && below(3)) out.insert(static_cast<std::size_t>(at), ".");
    if (below(3) == 0)
      append(out, one_of({"e", "E"}), one_of({"", "+", "-"}),
             one_of({0, 3, 33, 34, 40, 41, 6100, 6111, 6144, 6145, 6176, 6177, 6210, 99999}));
    return cat(below(2) ? "-" : "", out);
  }

  // A partner that makes cancellation, a tie or a distance of about 34 digits likely.
  std::string partner(const std::string& a) {
    const std::size_t mark = a.find('E');
    if (mark == std::string::npos || below(2)) return number();
    static constexpr int gaps[] = {-70, -37, -36, -35, -34, -33, -2, -1, 0, 0, 1, 33, 34, 35, 36, 37, 70};
    static constexpr const char* small[] = {"1",  "2",  "4",  "5",   "8", "16", "25",
                                            "50", "49", "51", "125", "3", "7",  "9"};
    const int exponent = static_cast<int>(*parse_integer<std::int64_t>(a.substr(mark + 1))) + one_of(gaps);
    std::string c = a.substr(0, mark);
    if (below(2) && c[0] == '-') c.erase(0, 1);
    if (below(2)) c = cat(below(2) ? "-" : "", one_of(small));
    if (below(4) == 0) c.back() = static_cast<char>('0' + below(10));
    return cat(c, "E", exponent);
  }

  std::string whole_exponent() {
    static constexpr int known[] = {0, 1, 2, 2, 2, 3, 4, 5, 10, 12, 60, 360, -1, -1, -2, -3, -12};
    switch (below(8)) {
      case 0:
        return cat(below(6000) - 3000);
      case 1:
        return cat(below(400'000) - 200'000);
      default:
        return cat(one_of(known));
    }
  }

  // Bases whose powers neither vanish nor overflow at once: 1.05, 0.9975, and those whose squares are ties.
  std::string base() {
    switch (below(5)) {
      case 0:
        return cat(below(2) ? "-" : "", "1.", digits(1 + below(8)));
      case 1:
        return cat("0.9", digits(1 + below(6)));
      case 2:
        return cat(1 + below(9), digits(16), "5E", below(40) - 20);
      case 3:
        return cat(below(2000) - 1000, "E-", below(4));
      default:
        return number();
    }
  }

 private:
  template <typename T>
  T one_of(std::initializer_list<T> list) {
    return list.begin()[below(static_cast<int>(list.size()))];
  }

  std::mt19937_64 random_;
};

std::string text(const std::optional<Decimal>& value) { return value ? value->to_string() : "none"; }

// What is printed reads back as the same number, and a number is in order with itself in every form.
bool is_sound(const std::optional<Decimal>& value) {
  if (!value) return true;
  const auto again = Decimal::parse(value->to_string());
  const Decimal plain = value->normalised();
  return again && *again == *value && plain == *value && compare(plain, *again) == 0 &&
         value->digits() <= Decimal::max_digits && value->scale() <= Decimal::max_scale &&
         plain.is_integer() == value->is_integer() && plain.to_int64() == value->to_int64();
}

struct Operation {
  std::string name, a, b;
  std::optional<Decimal> result;
};

Operation operation(Numbers& numbers) {
  static constexpr std::pair<const char*, Rounding> modes[] = {
      {"half_even", Rounding::half_even}, {"half_up", Rounding::half_up},
      {"half_down", Rounding::half_down}, {"up", Rounding::up},
      {"down", Rounding::down},           {"floor", Rounding::floor},
      {"ceiling", Rounding::ceiling}};
  Operation out{"parse", numbers.written(), "-", {}};
  const int kind = numbers.below(11);
  if (kind == 0) {
    out.result = Decimal::parse(out.a);
    return out;
  }
  out.a = kind == 1 ? numbers.base() : numbers.number();
  const auto x = Decimal::parse(out.a);
  if (!x) {
    out.name = "parse";
    return out;
  }
  if (kind <= 3) {
    if (kind == 1) {
      out.name = "power", out.b = numbers.whole_exponent();
      out.result = power(*x, *Decimal::parse(out.b));
    } else if (kind == 2) {
      out.name = "sqrt", out.result = square_root(*x);
    } else {
      const auto& [name, mode] = numbers.one_of(modes);
      const int places = numbers.below(4)   ? numbers.below(80) - 40
                         : numbers.below(2) ? x->scale() - numbers.below(40) + 2
                                            : numbers.below(12400) - 6160;
      out.name = cat("round_", name), out.b = cat(places), out.result = x->rounded(places, mode);
    }
    return out;
  }
  out.b = numbers.partner(out.a);
  const auto y = Decimal::parse(out.b);
  if (!y) {
    out.a = out.b, out.b = "-";
    return out;
  }
  switch (kind) {
    case 4:
    case 5:
      out.name = "add", out.result = add(*x, *y);
      break;
    case 6:
      out.name = "subtract", out.result = subtract(*x, *y);
      break;
    case 7:
      out.name = "multiply", out.result = multiply(*x, *y);
      break;
    case 8:
      out.name = "divide", out.result = divide(*x, *y);
      break;
    case 9:
      out.name = "modulo", out.result = modulo(*x, *y);
      break;
    default:
      out.name = "compare", out.result = Decimal(compare(*x, *y));
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view argument = argc > 1 ? argv[1] : "1000000";
  const auto count =
      argument == "--short" ? 100'000 : parse_integer<std::int64_t>(argument).value_or(1'000'000);
  const auto seed = argc > 2 ? parse_integer<std::int64_t>(argv[2]).value_or(1) : 20260323;
  if (std::system("python3 -c 'import decimal' 2>/dev/null") != 0) {
    std::puts("skipped: no python3");
    return 77;
  }
  std::FILE* judge = popen("python3 '" AESOP_TESTS_DIR "/cases/value/decimal_oracle.py' check", "w");
  if (judge == nullptr) return 1;
  Numbers numbers(static_cast<std::uint64_t>(seed));
  bool sound = true;
  for (std::int64_t i = 0; i < count && sound; ++i) {
    const Operation did = operation(numbers);
    sound = is_sound(did.result);
    if (!sound)
      std::fprintf(stderr, "%s %s %s gives %s, which does not read back as itself\n", did.name.c_str(),
                   did.a.c_str(), did.b.c_str(), text(did.result).c_str());
    if (std::fprintf(judge, "%s\t%s\t%s\t%s\n", did.name.c_str(), did.a.c_str(), did.b.c_str(),
                     text(did.result).c_str()) < 0)
      break;
  }
  return pclose(judge) == 0 && sound ? 0 : 1;
}
