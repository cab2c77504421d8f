// See sender.hpp.
#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "core/check.hpp"
#include "notify/sender.hpp"

namespace anju::notify {
namespace {

constexpr std::size_t longest_answer = 16 * 1024;
constexpr std::size_t side_by_side = 64;

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void append(List& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    ANJU_CHECK(longer != nullptr, "out of memory");
    (void)list.release();
    list.reset(longer);
}

struct Transfer {
    std::uint64_t job{};
    std::variant<HttpRequest, MailRequest> request;
    std::unique_ptr<CURL, FreeEasy> easy;
    List headers;
    List receivers;
    std::string answer;
    std::size_t read = 0;  ///< of a mail
    bool too_long = false;
    char error[CURL_ERROR_SIZE] = {};
};

std::size_t take_answer(char* data, std::size_t, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::size_t room = longest_answer - transfer.answer.size();
    transfer.answer.append(data, std::min(count, room));
    transfer.too_long = transfer.too_long || count > room;
    return transfer.too_long ? 0 : count;
}

std::size_t give_mail(char* data, std::size_t, std::size_t room, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::string& mail = std::get<MailRequest>(transfer.request).data;
    const std::size_t count = std::min(room, mail.size() - transfer.read);
    std::memcpy(data, mail.data() + transfer.read, count);
    transfer.read += count;
    return count;
}

void set_up(Transfer& transfer, const HttpRequest& http) {
    CURL* const easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, http.plaintext ? "http,https" : "https");
    curl_easy_setopt(easy, CURLOPT_URL, http.url.c_str());
    if (!http.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, http.ca_file.c_str());
    for (const std::string& header : http.headers) append(transfer.headers, header);
    append(transfer.headers, "Expect:");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
    if (http.method == "GET") {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(http.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, http.body.c_str());
    if (http.method != "POST") curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, http.method.c_str());
}

void set_up(Transfer& transfer, const MailRequest& mail) {
    CURL* const easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_URL, mail.url.c_str());
    if (!mail.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, mail.ca_file.c_str());
    // Without `plaintext`, a server that offers no STARTTLS gets neither password nor mail.
    curl_easy_setopt(easy, CURLOPT_USE_SSL,
                     static_cast<long>(mail.plaintext ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!mail.username.empty()) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, mail.username.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, mail.password.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
    append(transfer.receivers, "<" + mail.to + ">");
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, transfer.receivers.get());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &give_mail);
    curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
}

void set_up_common(Transfer& transfer, const CurlSender::Options& options) {
    CURL* const easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.error);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, options.connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, options.timeout_ms);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take_answer);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "anju");
}

Reply reply_of(const Transfer& transfer, CURLcode code) {
    Reply out;
    long status = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    out.status = static_cast<int>(status);
    out.body = transfer.answer;
    if (code == CURLE_OK) return out;
    // curl's own words may hold the address, which holds secrets: the kind of failure only.
    out.failure = transfer.too_long ? "the answer is too long" : curl_easy_strerror(code);
    if (status != 0) out.failure += " (" + std::to_string(status) + ")";
    return out;
}

}  // namespace

struct CurlSender::Impl {
    Impl(Options given, Replied callback) : options(given), replied(std::move(callback)) {
        static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
        ANJU_CHECK(ready == CURLE_OK, "libcurl cannot be used");
        multi = curl_multi_init();
        ANJU_CHECK(multi != nullptr, "out of memory");
        thread = std::thread([this] { run(); });
    }

    ~Impl() {
        stopping = true;
        curl_multi_wakeup(multi);
        thread.join();
        for (auto& [easy, transfer] : running) curl_multi_remove_handle(multi, easy);
        running.clear();
        curl_multi_cleanup(multi);
    }

    void put(std::uint64_t job, std::variant<HttpRequest, MailRequest> request) {
        auto transfer = std::make_unique<Transfer>();
        transfer->job = job;
        transfer->request = std::move(request);
        {
            const std::lock_guard lock(mutex);
            if (waiting.size() < options.most_waiting) {
                waiting.push_back(std::move(transfer));
            }
        }
        if (transfer) {
            replied(job, {"too many messages wait for the network", 0, ""});
        } else {
            curl_multi_wakeup(multi);
        }
    }

    void run() {
        while (!stopping) {
            begin_waiting();
            int active = 0;
            curl_multi_perform(multi, &active);
            end_done();
            curl_multi_poll(multi, nullptr, 0, 1'000, nullptr);
        }
    }

    void begin_waiting() {
        while (running.size() < side_by_side) {
            std::unique_ptr<Transfer> next;
            {
                const std::lock_guard lock(mutex);
                if (waiting.empty()) return;
                next = std::move(waiting.front());
                waiting.pop_front();
            }
            next->easy.reset(curl_easy_init());
            ANJU_CHECK(next->easy != nullptr, "out of memory");
            set_up_common(*next, options);
            std::visit([&](const auto& request) { set_up(*next, request); }, next->request);
            CURL* const easy = next->easy.get();
            curl_multi_add_handle(multi, easy);
            running.emplace(easy, std::move(next));
        }
    }

    void end_done() {
        int left = 0;
        while (const CURLMsg* const message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            CURL* const easy = message->easy_handle;
            const CURLcode code = message->data.result;
            curl_multi_remove_handle(multi, easy);
            auto done = running.extract(easy);
            replied(done.mapped()->job, reply_of(*done.mapped(), code));
        }
    }

    Options options;
    Replied replied;
    CURLM* multi = nullptr;
    std::mutex mutex;
    std::deque<std::unique_ptr<Transfer>> waiting;       // by mutex
    std::map<CURL*, std::unique_ptr<Transfer>> running;  // of the thread
    std::atomic<bool> stopping = false;
    std::thread thread;
};

CurlSender::CurlSender(Options options, Replied replied)
    : impl_(std::make_unique<Impl>(options, std::move(replied))) {}
CurlSender::~CurlSender() = default;

void CurlSender::send(std::uint64_t job, HttpRequest request) {
    impl_->put(job, std::move(request));
}

void CurlSender::send(std::uint64_t job, MailRequest request) {
    impl_->put(job, std::move(request));
}

}  // namespace anju::notify
