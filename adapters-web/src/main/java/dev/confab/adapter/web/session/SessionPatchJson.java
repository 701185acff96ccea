package dev.confab.adapter.web.session;

import dev.confab.adapter.web.json.JsonObjectText;
import dev.confab.adapter.web.json.Patch;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.Session.TokenBudget;
import java.util.Optional;

/** A merge patch of a session's settings; context variables are merged at any depth. */
record SessionPatchJson(Patch<Title> name, Patch<String> instructions, Patch<String> model,
        Patch<TokenBudget> contextTokens, Patch<JsonObjectText.MergePatch> context) {

    Settings applyTo(Settings old) {
        return new Settings(name.apply(old.name(), Optional.empty(), Optional::of),
                instructions.apply(old.instructions(), Optional.empty(), Optional::of),
                model.apply(old.model(), Optional.empty(), Optional::of),
                contextTokens.apply(old.contextTokens(), Optional.empty(), Optional::of),
                context.apply(old.context(), ContextVariables.EMPTY, patch -> merged(old.context(), patch)));
    }

    private static ContextVariables merged(ContextVariables old, JsonObjectText.MergePatch patch) {
        return new ContextVariables(patch.appliedTo(Optional.of(old.json())));
    }
}
