#include <gtest/gtest.h>

#include "tests/component/score/files.hpp"

namespace anju::score {
namespace {

std::string error_of(const std::string& path) {
    const auto read = read_recording(path);
    return read ? "" : read.error().text();
}

TEST(RecordingFile, IsReadFromGzipAndFromPlainText) {
    const Files files;
    const std::string text = header +
                             "2017-03-01T09:00:00,Hall,motion,1\n"
                             "2017-03-01T09:00:00.250,Meter,water,1.5\r\n"
                             "\n"
                             "2017-03-01T09:01,gateway,status,offline\n";
    for (const auto& path : {files.gzip("flat.csv.gz", text), files.plain("flat.csv", text)}) {
        const auto read = read_recording(path);
        ASSERT_TRUE(read) << read.error().text();
        EXPECT_EQ(read->home, "flat");
        ASSERT_EQ(read->sensors.size(), 3U);
        EXPECT_EQ(read->sensors[1].id, "Meter");
        EXPECT_EQ(read->sensors[1].source, Source::water);
        ASSERT_EQ(read->rows.size(), 3U);
        EXPECT_EQ(format_time(read->rows[1].at), "2017-03-01T09:00:00.250");
        EXPECT_EQ(read->rows[1].milli, 1500);
        EXPECT_FALSE(read->rows[2].on());
    }
}

TEST(RecordingFile, IsRefusedWithTheLineAndTheRemedy) {
    const Files files;
    const auto error = [&](const std::string& row) {
        const std::string good = "2017-03-01T09:00:00,Hall,motion,1\n";
        const std::string path = files.gzip("bad.csv.gz", header + good + row + "\n");
        const std::string text = error_of(path);
        return text.starts_with(path) ? text.substr(path.size()) : text;
    };
    EXPECT_EQ(error("2017-02-30T09:00:00,Hall,motion,1"),
              ":3: \"2017-02-30T09:00:00\" is no time (write it like 2017-03-01T09:00:00)");
    EXPECT_EQ(error("2017-03-01T08:59:59,Hall,motion,1"),
              ":3: earlier than the row before (sort the rows by time)");
    EXPECT_EQ(
        error("2017-03-01T09:00:00,Hall,sound,1"),
        ":3: \"sound\" is no kind (one of motion door contact flush faucet pressure appliance "
        "water status)");
    EXPECT_EQ(error("2017-03-01T09:00:00,Hall,motion,on"),
              ":3: \"on\" is no value of motion (write a number of at least 0)");
    EXPECT_EQ(error("2017-03-01T09:00:00,Meter,water,-1"),
              ":3: \"-1\" is no value of water (write a number of at least 0)");
    EXPECT_EQ(error("2017-03-01T09:00:00,box,status,0"),
              ":3: \"0\" is no value of status (write offline or online)");
    EXPECT_EQ(error("2017-03-01T09:00:00,Hall,motion"),
              ":3: a row has four fields (write timestamp_iso_local,sensor_id,kind,value)");
    EXPECT_EQ(error("2017-03-01T09:00:00,Hall,motion,1,1"),
              ":3: a row has four fields (write timestamp_iso_local,sensor_id,kind,value)");
    EXPECT_EQ(error("2017-03-01T09:00:00,Hall,door,1"),
              ":3: sensor \"Hall\" was of another kind before (give every sensor one kind)");
    EXPECT_EQ(error("2017-03-01T09:00:00,,motion,1"),
              ":3: a sensor's name has 1 to 64 bytes (shorten it, or give it one)");
}

TEST(RecordingFile, IsRefusedWhenItIsNone) {
    const Files files;
    const std::string missing = (files.path() / "none.csv.gz").string();
    EXPECT_EQ(error_of(missing),
              missing + ": cannot be opened: No such file or directory (check the path)");
    const std::string text = files.plain("notes.csv", "some notes\n");
    EXPECT_EQ(error_of(text),
              text +
                  ":1: this is no recording (its first line is timestamp_iso_local,sensor_id,"
                  "kind,value)");
    const std::string empty = files.plain("empty.csv", header);
    EXPECT_EQ(error_of(empty), empty + ":2: there is no row (a recording has at least one)");
}

TEST(RecordingFile, ThatIsCutOffIsRefused) {
    const Files files;
    const std::string path = files.gzip("cut.csv.gz", header + hourly_meter(30));
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    EXPECT_NE(error_of(path).find("(the file is damaged or cut off: copy it again)"),
              std::string::npos)
        << error_of(path);
}

TEST(ListOfTimes, SkipsEmptyLinesAndRemarks) {
    const Files files;
    const auto times = read_times(files.plain("cuts", "# drawn by hand\n\n2017-03-01T09:00:00 \n"));
    ASSERT_TRUE(times);
    EXPECT_EQ(*times, std::vector{time("2017-03-01T09:00:00")});
    EXPECT_TRUE(read_times(files.plain("none", ""))->empty());
    const std::string bad = files.plain("bad", "#\ntomorrow\n");
    EXPECT_EQ(read_times(bad).error().text(),
              bad + ":2: \"tomorrow\" is no time (write it like 2017-03-01T09:00:00)");
}

TEST(LocalTime, IsReadWithSecondsOrWithoutAndAsADate) {
    EXPECT_EQ(format_time(time("2017-03-31")), "2017-03-31T00:00:00");
    EXPECT_EQ(format_time(time("2017-03-31T23:59")), "2017-03-31T23:59:00");
    EXPECT_EQ(format_time(time("1999-12-31T23:59:59.5")), "1999-12-31T23:59:59.500");
    for (const auto* bad : {"", "2017", "2017-3-1", "2017-03-01T", "2017-03-01T24:00:00",
                            "2017-03-01T09:00:00Z", "2017-03-01T09:00:00.", "2017-03-01 09:00"}) {
        EXPECT_FALSE(parse_time(bad)) << bad;
    }
}

}  // namespace
}  // namespace anju::score
