//! What `config show` says of each setting, and does not say of a secret.

use insta::assert_snapshot;

use crate::config::render;

use super::merged;

#[test]
fn config_show_says_where_each_value_came_from() {
    let file = "[desk]\nname = 'Ünï Desk'\n[import]\nretries = 0\n[console]\nhistory = ''";
    let long = "guidepost=debug,tantivy=warn,serenity=warn,hyper=off";
    let environment =
        [("GUIDEPOST_LOG_LEVEL", long), ("GUIDEPOST_SECRET_KEY", "k"), ("GUIDEPOST_DISCORD_TOKEN", " ")];
    let loaded = merged(file, &environment, &["knowledge.watch=false"]).unwrap();
    assert_snapshot!(render(&loaded.show()), @r#"
    desk.name                      = "Ünï Desk"                               config.toml:2
    desk.product                   = ""                                       default
    desk.time_zone                 = "UTC"                                    default
    knowledge.path                 = "knowledge"                              default
    knowledge.watch                = false                                    --set
    index.path                     = "index"                                  default
    index.writer_memory_mb         = 50                                       default
    search.results                 = 3                                        default
    store.engine                   = "sled"                                   default
    store.path                     = "data/store"                             default
    store.url                      = ""                                       default
    files.path                     = "data/files"                             default
    mail.smtp                      = ""                                       default
    mail.outbox                    = "data/outbox"                            default
    mail.from                      = "Guidepost <desk@localhost>"             default
    cases.queues                   = ["technical-support", "customer-service"]  default
    cases.most_active              = 10                                       default
    cases.cooldown_s               = 20                                       default
    cases.most_files               = 10                                       default
    cases.max_file_mb              = 10                                       default
    cases.file_types               = ["png", "jpg", "jpeg", "gif", "webp", "pdf", "txt", "log", "csv", "json", "xml", "yaml", "yml", "toml", "ini", "conf", "md", "eml", "har", "zip", "gz", "docx", "xlsx", "pptx", "odt", "ods"]  default
    cases.remind_after_h           = 72                                       default
    cases.close_after_h            = 168                                      default
    cases.warn_before_h            = 48                                       default
    cases.settle_after_h           = 72                                       default
    cases.reopen_within_h          = 336                                      default
    accounts.toolboxes             = ["company: Company information and contacts", "licensing: Licensing", "renewals: Renewals", "cases: Support cases", "downloads: Downloads"]  default
    sign_in.memory_kib             = 19456                                    default
    sign_in.passes                 = 2                                        default
    sign_in.lanes                  = 1                                        default
    sign_in.compromised            = "https://api.pwnedpasswords.com/range/"  default
    sign_in.compromised_timeout_ms = 2000                                     default
    sign_in.compromised_file       = ""                                       default
    sign_in.when_unknown           = "accept"                                 default
    sign_in.session_idle_h         = 24                                       default
    sign_in.session_most_h         = 336                                      default
    web.listen                     = "127.0.0.1:8080"                         default
    web.public_url                 = ""                                       default
    web.behind_proxy               = false                                    default
    web.api_per_minute             = 600                                      default
    web.metrics_for_all            = false                                    default
    discord.api_base               = ""                                       default
    discord.guilds                 = []                                       default
    log.level                      = "guidepost=debug,tantivy=warn,serenity=warn,hyper=off"  GUIDEPOST_LOG_LEVEL
    import.max_page_mb             = 10                                       default
    import.retries                 = 0                                        config.toml:4
    import.timeout_s               = 30                                       default
    console.width                  = 0                                        default
    console.history                = ""                                       config.toml:6
    secret.key                     = set, not shown                           GUIDEPOST_SECRET_KEY
    "#);
    assert_snapshot!(serde_json::to_string(&loaded.show()[..2]).unwrap(), @r#"[{"key":"desk.name","value":"Ünï Desk","origin":"config.toml:2"},{"key":"desk.product","value":"","origin":"default"}]"#);
    assert_snapshot!(serde_json::to_string(loaded.show().last().unwrap()).unwrap(), @r#"{"key":"secret.key","value":"set, not shown","origin":"GUIDEPOST_SECRET_KEY"}"#);
    assert_eq!(render(&[]), "");
}

#[test]
fn a_url_with_a_password_is_shown_as_set() {
    let url = "postgres://desk:hunter2@db/desk";
    let loaded = merged("", &[("GUIDEPOST_KNOWLEDGE_PATH", url)], &[]).unwrap();
    assert_snapshot!(render(&loaded.show()).lines().nth(3).unwrap(), @"knowledge.path                 = set, not shown                           GUIDEPOST_KNOWLEDGE_PATH");
}
