// What is worked out beside the loop is answered to whoever still may see it.
#include "tests/component/api/doors.hpp"

namespace anju::api::test {

class Later : public Doors {
protected:
    Later() {
        router_.add("GET", "/slow",
                    guard_.allow(access::Action::read_reports, [this](const Caller& caller) {
                        return caller.later<int>(
                            access::Action::read_reports,
                            [this](std::function<void(int)> take) { take_ = std::move(take); },
                            [](const Caller&, int& got) { return done({{"got", got}}); });
                    }));
    }
    std::function<void(int)> take_;
};

TEST_F(Later, IsAnsweredWithWhatWasGot) {
    const auto slow = ask("/slow");
    ASSERT_TRUE(take_);
    EXPECT_FALSE(slow->response);
    take_(7);
    ASSERT_TRUE(slow->response);
    EXPECT_EQ(slow->response->body, R"({"got":7})");
}

TEST_F(Later, IsRefusedToWhoeverWasLoggedOutMeanwhile) {
    const auto slow = ask("/slow");
    const auto sessions = opened_->sessions().of(lead_.id);
    ASSERT_EQ(sessions->size(), 1U);
    ASSERT_TRUE(opened_->sessions().end(sessions->front().key));
    take_(7);
    ASSERT_TRUE(slow->response);
    EXPECT_EQ(slow->response->status, 401U);
}

}  // namespace anju::api::test
