//! What every automatic reply says of itself: that it is automatic, and how to reach a person.

/// Without and with a link to the ticket's page.
struct Words {
    language: &'static str,
    reply: &'static str,
    link: &'static str,
}

const ALL: &[Words] = &[
    Words {
        language: "en",
        reply: "This is an automatic reply. If it does not help, just reply and a person will read it.",
        link: "You can also say whether it helped here:",
    },
    Words {
        language: "de",
        reply: "Das ist eine automatische Antwort. Wenn sie nicht hilft, antworten Sie einfach: Ein Mensch liest es.",
        link: "Hier können Sie auch sagen, ob sie geholfen hat:",
    },
    Words {
        language: "fr",
        reply: "Ceci est une réponse automatique. Si elle ne vous aide pas, répondez simplement : une personne vous lira.",
        link: "Vous pouvez aussi dire ici si elle vous a aidé :",
    },
    Words {
        language: "es",
        reply: "Esta es una respuesta automática. Si no le ayuda, responda y una persona lo leerá.",
        link: "También puede decir aquí si le ha ayudado:",
    },
    Words {
        language: "it",
        reply: "Questa è una risposta automatica. Se non è d’aiuto, basta rispondere: la leggerà una persona.",
        link: "Qui può anche dire se è stata d’aiuto:",
    },
    Words {
        language: "pt",
        reply: "Esta é uma resposta automática. Se não ajudar, basta responder e uma pessoa irá ler.",
        link: "Também pode dizer aqui se ajudou:",
    },
    Words {
        language: "nl",
        reply: "Dit is een automatisch antwoord. Helpt het niet, antwoord dan gewoon: een mens leest het.",
        link: "Hier kunt u ook laten weten of het hielp:",
    },
    Words {
        language: "pl",
        reply: "To jest automatyczna odpowiedź. Jeśli nie pomogła, po prostu odpisz, a przeczyta to człowiek.",
        link: "Tutaj możesz też powiedzieć, czy pomogła:",
    },
    Words {
        language: "tr",
        reply: "Bu otomatik bir yanıttır. Yardımcı olmadıysa yanıtlayın; bir kişi okuyacaktır.",
        link: "Yardımcı olup olmadığını buradan da bildirebilirsiniz:",
    },
    Words {
        language: "ru",
        reply: "Это автоматический ответ. Если он не помог, просто ответьте: ваше письмо прочитает человек.",
        link: "Здесь также можно сообщить, помог ли ответ:",
    },
    Words {
        language: "ja",
        reply: "これは自動返信です。解決しない場合は、このままご返信ください。担当者が拝見します。",
        link: "役に立ったかどうかはこちらからもお知らせいただけます:",
    },
    Words {
        language: "zh",
        reply: "这是自动回复。如果没有解决您的问题,请直接回复,将由工作人员查看。",
        link: "您也可以在这里告诉我们是否有帮助:",
    },
];

/// In the language we speak, and otherwise in English.
fn words(language: Option<&str>) -> &'static Words {
    let main = language.and_then(|l| l.split('-').next());
    ALL.iter().find(|w| Some(w.language) == main).unwrap_or(&ALL[0])
}

/// The answer with its footer.
pub(super) fn with(text: &str, language: Option<&str>) -> String {
    format!("{}\n\n—\n{}", text.trim_end(), words(language).reply)
}

/// What stands before the link to the ticket's page, where the answer leaves by mail.
pub(crate) fn before_link(language: Option<&str>) -> &'static str {
    words(language).link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_that_it_is_automatic_in_the_language_of_the_ticket() {
        assert!(with("Hallo", Some("de-at")).contains("automatische Antwort"));
        assert!(with("Saluton", Some("eo")).ends_with("a person will read it."));
        assert!(before_link(Some("fr")).starts_with("Vous"));
    }
}
