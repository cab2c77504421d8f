// Volumes and flows: every factor against its definition, and no unit guessed.
#include "drivers/units.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace anju::drivers {
namespace {

// A gallon is 231 cubic inches of 2.54 cm, a foot 30.48 cm.
constexpr double inch = 2.54;
constexpr double us_gallon = 231 * inch * inch * inch;
constexpr double cubic_foot = 1728 * inch * inch * inch;

struct Named {
    const char* unit;
    double millilitres;
};

TEST(Units, OfVolumeHaveTheFactorsOfTheirDefinitions) {
    const Named all[] = {{"mL", 1},
                         {"ml", 1},
                         {"cL", 10},
                         {"dL", 100},
                         {"L", 1e3},
                         {"l", 1e3},
                         {"lt", 1e3},
                         {"liter", 1e3},
                         {"Litre", 1e3},
                         {"liters", 1e3},
                         {"litres", 1e3},
                         {"dm³", 1e3},
                         {"hL", 1e5},
                         {"kL", 1e6},
                         {"m³", 1e6},
                         {"M³", 1e6},
                         {"m3", 1e6},
                         {"M3", 1e6},
                         {"m^3", 1e6},
                         {"cbm", 1e6},
                         {"㎥", 1e6},
                         {"毫升", 1},
                         {"升", 1e3},
                         {"公升", 1e3},
                         {"立方米", 1e6},
                         {"吨", 1e6},
                         {"gal", us_gallon},
                         {"GAL", us_gallon},
                         {"gallon", us_gallon},
                         {"gallons", us_gallon},
                         {"US gal", us_gallon},
                         {"gal (US)", us_gallon},
                         {"imp gal", 4546.09},
                         {"gal (imp)", 4546.09},
                         {"ft³", cubic_foot},
                         {"ft3", cubic_foot},
                         {"ft^3", cubic_foot},
                         {"cu ft", cubic_foot},
                         {"cf", cubic_foot},
                         {"CCF", 100 * cubic_foot},
                         {" m³ ", 1e6}};
    for (const auto& [unit, factor] : all) {
        const auto known = millilitres_in(unit);
        ASSERT_TRUE(known) << unit;
        EXPECT_NEAR(*known, factor, factor * 1e-14) << unit;
        EXPECT_EQ(to_millilitres(1000, unit), std::llround(1000 * factor)) << unit;
    }
}

TEST(Units, ThatAreUnknownOrDoubtfulAreNotGuessed) {
    for (const char* unit :
         {"",  " ",   "m",   "m²",  "m2", "kWh",     "L/h", "m³/h", "mm", "kg",  "ton",
          "x", "lit", "mLL", "m 3", "%",  "gal/min", "ft",  "方",   "米", "升升"}) {
        EXPECT_EQ(millilitres_in(unit), std::nullopt) << unit;
        EXPECT_EQ(to_millilitres(1, unit), std::nullopt) << unit;
    }
    EXPECT_EQ(millilitres_in("ML"), std::nullopt) << "a megalitre, or a millilitre in capitals";
    EXPECT_EQ(millilitres_in("Ml"), std::nullopt);
    EXPECT_EQ(to_millilitres_per_hour(1, "ML/d"), std::nullopt);
}

TEST(Units, RoundToTheNearestMillilitre) {
    EXPECT_EQ(to_millilitres(0, "m³"), 0);
    EXPECT_EQ(to_millilitres(-0.0, "m³"), 0);
    EXPECT_EQ(to_millilitres(0.0004, "L"), 0);
    EXPECT_EQ(to_millilitres(0.0005, "L"), 1);
    EXPECT_EQ(to_millilitres(0.0014, "L"), 1);
    EXPECT_EQ(to_millilitres(1, "gal"), 3785);
    EXPECT_EQ(to_millilitres(1, "ft³"), 28317);
    EXPECT_EQ(to_millilitres(123456789.123456, "m³"), 123'456'789'123'456);
    for (std::int64_t litres = 0; litres < 100'000; litres += 7) {
        EXPECT_EQ(to_millilitres(static_cast<double>(litres) / 1000, "m³"), litres * 1000);
    }
}

TEST(Units, RefuseNegativeInfiniteAndUnbelievableTotals) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    EXPECT_EQ(to_millilitres(1e9, "m³"), max_total_ml);
    EXPECT_EQ(to_millilitres(1e15 + 1, "mL"), std::nullopt);
    for (const double value :
         {1.000001e9, 1e300, -0.001, -1.0, infinite, -infinite,
          std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::max()}) {
        EXPECT_EQ(to_millilitres(value, "m³"), std::nullopt) << value;
    }
}

TEST(CubicMetres, AreExactOverAllExponents) {
    EXPECT_EQ(m3_to_millilitres(1, -6), 1);
    EXPECT_EQ(m3_to_millilitres(12'345, -3), 12'345'000);
    EXPECT_EQ(m3_to_millilitres(12'345, 0), 12'345'000'000);
    EXPECT_EQ(m3_to_millilitres(7, 1), 70'000'000);
    EXPECT_EQ(m3_to_millilitres(999'999'999'999'999, -6), 999'999'999'999'999);
    std::int64_t wanted = 3;
    for (int exponent = -6; exponent <= 8; ++exponent, wanted *= 10) {
        EXPECT_EQ(m3_to_millilitres(3, exponent), wanted) << exponent;
        EXPECT_EQ(m3_to_millilitres(3'000, exponent - 3), wanted) << exponent;
    }
    EXPECT_EQ(m3_to_millilitres(3, 9), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(1, 9), max_total_ml);
    EXPECT_EQ(m3_to_millilitres(9'000'000'000'000'000'000, -10), 900'000'000'000'000);
}

TEST(CubicMetres, AreRefusedWhenAPartWouldBeLeftOver) {
    EXPECT_EQ(m3_to_millilitres(10, -7), 1);
    EXPECT_EQ(m3_to_millilitres(11, -7), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(1, -7), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(1, -1000), std::nullopt);
}

TEST(CubicMetres, AreRefusedBeyondTheirLimits) {
    constexpr auto largest = std::numeric_limits<std::int64_t>::max();
    constexpr int highest = std::numeric_limits<int>::max();
    constexpr int lowest = std::numeric_limits<int>::min();
    EXPECT_EQ(m3_to_millilitres(max_total_ml, -6), max_total_ml);
    EXPECT_EQ(m3_to_millilitres(max_total_ml + 1, -6), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(largest, 0), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(-1, 0), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(std::numeric_limits<std::int64_t>::min(), 0), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(1, highest), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(1, lowest), std::nullopt);
    EXPECT_EQ(m3_to_millilitres(0, highest), 0);
    EXPECT_EQ(m3_to_millilitres(0, lowest), 0);
}

TEST(Flows, AreMillilitresAnHour) {
    const Named all[] = {{"m³/h", 1e6},
                         {"m3/h", 1e6},
                         {"M3/H", 1e6},
                         {"m³/hr", 1e6},
                         {"m³ / hour", 1e6},
                         {"㎥/h", 1e6},
                         {"L/h", 1e3},
                         {"mL/h", 1},
                         {"L/min", 6e4},
                         {"l/minute", 6e4},
                         {"LPM", 6e4},
                         {"L/s", 3.6e6},
                         {"l/sec", 3.6e6},
                         {"l/second", 3.6e6},
                         {"m3/s", 3.6e9},
                         {"m³/d", 1e6 / 24},
                         {"m³/day", 1e6 / 24},
                         {"gpm", us_gallon * 60},
                         {"GPM", us_gallon * 60},
                         {"gal/min", us_gallon * 60},
                         {"imp gal/min", 4546.09 * 60},
                         {"ft³/min", cubic_foot * 60},
                         {"立方米/小时", 1e6},
                         {"立方米/时", 1e6},
                         {"吨/小时", 1e6},
                         {"升/分钟", 6e4},
                         {"升/分", 6e4},
                         {"升/秒", 3.6e6},
                         {"吨/天", 1e6 / 24}};
    for (const auto& [unit, factor] : all) {
        EXPECT_EQ(to_millilitres_per_hour(24, unit), std::llround(24 * factor)) << unit;
        EXPECT_EQ(to_millilitres_per_hour(-24, unit), -std::llround(24 * factor)) << unit;
        EXPECT_EQ(to_millilitres_per_hour(0, unit), 0) << unit;
    }
    EXPECT_EQ(to_millilitres_per_hour(1, "gpm"), 227'125);
    EXPECT_EQ(to_millilitres_per_hour(0.123, "m³/h"), 123'000);
}

TEST(Flows, InUnitsThatAreUnknownOrDoubtfulAreNotGuessed) {
    for (const char* unit : {"", "/", "L", "m³", "L/", "/h", "L/h/h", "L//h", "kWh/h", "L/week",
                             "m/h", "m³h", "h/L", "L per h", "gpm/h", "升/月"}) {
        EXPECT_EQ(to_millilitres_per_hour(1, unit), std::nullopt) << unit;
    }
    for (const char* unit : {"L/m", "m³/m", "gal/M", "升/m"}) {
        EXPECT_EQ(to_millilitres_per_hour(1, unit), std::nullopt) << unit << ": minute or month?";
    }
}

TEST(Flows, AreRefusedBeyondTheirLimits) {
    EXPECT_EQ(to_millilitres_per_hour(1e9, "m³/h"), max_total_ml);
    EXPECT_EQ(to_millilitres_per_hour(-1e9, "m³/h"), -max_total_ml);
    for (const double value : {1.1e9, -1.1e9, 1e300, std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()}) {
        EXPECT_EQ(to_millilitres_per_hour(value, "m³/h"), std::nullopt) << value;
    }
}

}  // namespace
}  // namespace anju::drivers
