// A link that lets somebody in once, through the routes of the console; the clock is the test's.
#include "api/session_routes.hpp"
#include "tests/component/api/doors.hpp"

namespace anju::api::test {

class OnceLink : public Doors {
protected:
    OnceLink() { sessions_.add_to(router_); }

    std::string link() { return opened_->once().make(lead_.id, clock_.reading.wall).value(); }
    /// What whoever opens the link is answered.
    http::Response enter(const std::string& token) {
        http::Request request = get("/api/v1/session/once");
        request.method = "POST";
        request.cookie.clear();
        request.content_type = "application/json";
        request.body = R"({"token":")" + token + R"("})";
        const auto sent = ask(request);
        if (!sent->response) loop_.run_one();
        return sent->response.value();
    }

    Hasher hasher_;
    SessionRoutes sessions_{
        {.gateway_id = "box",
         .version = "1",
         .now = [this] { return clock_.reading.wall; },
         .post = [this](std::function<void()> work) { loop_.post(std::move(work)); }},
        guard_,
        hasher_};
};

TEST_F(OnceLink, OpensOnceAndIsInTheAudit) {
    const std::string token = link();
    const http::Response welcome = enter(token);
    EXPECT_EQ(welcome.status, 200U);
    EXPECT_EQ(welcome.fields.back().first, "Set-Cookie");
    EXPECT_EQ(opened_->audit().page({})->rows.at(0).what.action, "login_once");
    const http::Response late = enter(token);
    EXPECT_EQ(late.status, 401U);
    EXPECT_NE(late.body.find("wrong_code"), std::string::npos);
}

TEST_F(OnceLink, SaysOfWhichAccountsTheNumberIs) {
    const http::Response welcome = enter(link());
    EXPECT_NE(
        welcome.body.find(R"("accounts_epoch":")" + std::to_string(opened_->db().epoch()) + '"'),
        std::string::npos)
        << welcome.body;
}

TEST_F(OnceLink, IsRefusedWhenItsTimeIsOver) {
    const std::string token = link();
    clock_.reading.wall += access::login_link_life - std::chrono::seconds{1};
    EXPECT_EQ(enter(token).status, 200U);
    const std::string older = link();
    clock_.reading.wall += access::login_link_life;
    EXPECT_EQ(enter(older).status, 401U);
}

}  // namespace anju::api::test
