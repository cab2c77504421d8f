#include "http/content.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>

namespace anju::http {
namespace {

std::string field(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.fields) {
        if (key == name) return value;
    }
    return {};
}

std::string unzipped(std::string bytes) {
    std::string out(1'000'000, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

Response asked_with(std::string if_none_match, std::string body) {
    Request request;
    request.if_none_match = std::move(if_none_match);
    return with_etag(request, json_answer(std::move(body)));
}

TEST(EntityTag, NamesTheContentAndItsCoding) {
    EXPECT_EQ(entity_tag("a"), entity_tag("a"));
    EXPECT_NE(entity_tag("a"), entity_tag("b"));
    EXPECT_NE(entity_tag("a"), entity_tag("a", "gzip"));
    EXPECT_TRUE(entity_tag("a", "gzip").ends_with("-gzip\""));
}

TEST(WithEtag, SendsAgainOnlyWhatHasChanged) {
    const Response first = asked_with("", "{}");
    EXPECT_EQ(first.status, 200U);
    EXPECT_EQ(field(first, "ETag"), entity_tag("{}"));
    EXPECT_EQ(field(first, "Cache-Control"), "no-cache, private");
    for (const std::string& named : {entity_tag("{}"), "W/" + entity_tag("{}"),
                                     "\"x\", " + entity_tag("{}"), std::string("*")}) {
        const Response same = asked_with(named, "{}");
        EXPECT_EQ(same.status, 304U) << named;
        EXPECT_EQ(same.body, "");
        EXPECT_EQ(field(same, "ETag"), entity_tag("{}"));
    }
    EXPECT_EQ(asked_with(entity_tag("{}"), "[]").status, 200U);
    EXPECT_EQ(asked_with("x", "{}").body, "{}");
}

TEST(WithEtag, KnowsTheContentByTheTagOfItsGzip) {
    const Response same = asked_with(entity_tag("{}", "gzip"), "{}");
    EXPECT_EQ(same.status, 304U);
    EXPECT_EQ(field(same, "ETag"), entity_tag("{}", "gzip"));
}

TEST(WithEtag, LeavesFailuresAlone) {
    const Response refused = with_etag({}, {404, "text/plain", "no"});
    EXPECT_EQ(refused.status, 404U);
    EXPECT_TRUE(refused.fields.empty());
}

TEST(Accepts, ReadsTheFieldAsItIsMeant) {
    EXPECT_TRUE(accepts("gzip, deflate, br", "br"));
    EXPECT_TRUE(accepts("GZIP;q=0.5", "gzip"));
    EXPECT_TRUE(accepts("identity, *", "gzip"));
    EXPECT_FALSE(accepts("", "gzip"));
    EXPECT_FALSE(accepts("gzip;q=0", "gzip"));
    EXPECT_FALSE(accepts("gzip ; q=0.000 , *", "gzip"));
    EXPECT_FALSE(accepts("*;q=0", "gzip"));
    EXPECT_FALSE(accepts("xgzip", "gzip"));
    EXPECT_FALSE(accepts(",,;;=", "gzip"));
}

TEST(Compressed, GivesTheSameBytesInLess) {
    const std::string body(20'000, 'x');
    Response plain = asked_with("", body);
    const Response out = compressed("gzip", plain);
    EXPECT_EQ(field(out, "Content-Encoding"), "gzip");
    EXPECT_EQ(field(out, "ETag"), entity_tag(body, "gzip"));
    EXPECT_LT(out.body.size(), 200U);
    EXPECT_EQ(unzipped(out.body), body);
}

TEST(Compressed, LeavesWhatIsSmallOrNotAskedForAndSaysThatItMayDiffer) {
    const Response small = compressed("gzip", json_answer(std::string(1024, 'x')));
    EXPECT_EQ(small.body, std::string(1024, 'x'));
    EXPECT_EQ(field(small, "Content-Encoding"), "");
    EXPECT_EQ(field(small, "Vary"), "Accept-Encoding");
    const Response unasked = compressed("br", json_answer(std::string(2000, 'x')));
    EXPECT_EQ(unasked.body, std::string(2000, 'x'));
    EXPECT_EQ(field(unasked, "Vary"), "Accept-Encoding");
}

}  // namespace
}  // namespace anju::http
