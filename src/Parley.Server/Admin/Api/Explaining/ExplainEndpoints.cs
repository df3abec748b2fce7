using Microsoft.AspNetCore.Http;
using Parley.Conversations;
using Parley.Server.Admin.Api.Live;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Explaining;

/// <summary>Why a conversation is where it is.</summary>
internal static class ExplainEndpoints
{
    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        AdminEndpoint.Get(
            "/routing/explain/{conversationId}", AgentRole.Agent,
            "Tell where a conversation stands, to whom it was offered and why, and why nobody has it now. Agents ask about conversations they take part in.",
            () => AdminJson.Default.Explanation, ExplainAsync),
    ];

    private static async Task<Explanation> ExplainAsync(AdminCall call)
    {
        var id = call.Part("conversationId");
        var conversation = await call.Services.Gateway.Conversations.LookAsync(id, call.AccountId) ?? throw AdminRefusal.NotFound("conversation");
        if (call.Caller is { Role: AgentRole.Agent, Session.Agent.Pid: var pid } && !conversation.Dialogs.Any(dialog => dialog.Find(pid) is { State: ParticipantState.Active }))
            throw new AdminRefusal(StatusCodes.Status403Forbidden, "You take no part in this conversation.");

        var directory = call.Services.Identity.Agents;
        var (now, place, verdicts) = await call.Services.RouterOf(call).ReadAsync((table, _, now) => (now, table.PlaceOf(id, now), table.Verdicts(id, now).ToArray()));
        var state = StateOf(conversation);
        if (state is ExplainedState.Assigned or ExplainedState.Closed) (place, verdicts) = (null, []);
        var agent = state == ExplainedState.Assigned ? AgentRef.Of(directory, call.AccountId, conversation.AssignedAgent!.UserId) : null;
        var skill = conversation.SkillId is { } skillId ? directory.FindSkill(call.AccountId, skillId)?.Name ?? skillId : null;
        var item = place is null ? null : QueueItem.Of(place, now, directory);
        ExplainedRing[] rings = [.. conversation.Rings.Select(ring => new ExplainedRing(
            ring.Id, AgentRef.Of(directory, call.AccountId, ring.AgentId), ring.State, ring.OfferedTs, ring.EndedTs, ring.Why))];
        ExplainedAgent[] candidates = [.. verdicts.Select(verdict => new ExplainedAgent(new AgentRef(verdict.AgentId, verdict.Name), verdict.Verdict))];
        return new(
            id, conversation.ConsumerId, state, conversation.SkillId, skill, now, agent, item, rings, candidates,
            ExplainedText.Of(state, skill, agent, item, rings, candidates, now));
    }

    // Once the MAIN dialog is over nobody is looked for, though a survey may go on.
    private static ExplainedState StateOf(Conversation conversation) =>
        conversation.Stage == Stage.Close || conversation.Main.State == Stage.Close ? ExplainedState.Closed
        : conversation.AssignedAgent is not null ? ExplainedState.Assigned
        : conversation.Rings.Any(ring => ring.State == RingState.Waiting) ? ExplainedState.Ringing
        : ExplainedState.Waiting;
}
