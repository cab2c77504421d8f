// What ThreadSanitizer must be told about libraries that were not built with it: their atomic
// reference counts and one-time initialisations look like races to it. Nothing of ours is here.
extern "C" const char* __tsan_default_suppressions();

extern "C" const char* __tsan_default_suppressions() {
    return "race:mqtt::async_client::remove_token\n"
           "race:mqtt::token::on_success\n"
           "race:spdlog::details::registry::registry\n";
}
