using Microsoft.AspNetCore.Http;
using Parley.Server.Canned;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Canned;

/// <summary>Texts that agents insert instead of typing them.</summary>
internal static class AnswerEndpoints
{
    private static readonly AdminJson Json = AdminJson.Default;

    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        AdminEndpoint.Get("/canned-answers", AgentRole.Agent, "List the canned answers, by title; agents get those for everybody and for their skills.", () => Json.AnswerList, ListAsync),
        AdminEndpoint.Do(
            HttpMethods.Post, "/canned-answers", AgentRole.Manager, "Add a canned answer; title and text must be given.", () => Json.AnswerAdd, () => Json.CannedAnswer,
            (call, answer) => Answers(call).SaveAsync(call.AccountId, null, answer.Apply)) with { Status = StatusCodes.Status201Created },
        AdminEndpoint.Do(
            HttpMethods.Patch, "/canned-answers/{id}", AgentRole.Manager, "Change members of a canned answer, all or none.", () => Json.AnswerChange, () => Json.CannedAnswer,
            (call, change) => Answers(call).SaveAsync(call.AccountId, Find(call).Id, change.Apply)),
        AdminEndpoint.Delete(
            "/canned-answers/{id}", AgentRole.Manager, "Remove a canned answer.", call => Answers(call).RemoveAsync(call.AccountId, Find(call).Id)),
    ];

    private static Task<AnswerList> ListAsync(AdminCall call) => Task.FromResult(new AnswerList(
        [.. call.Caller is { Role: AgentRole.Agent, Session: { } session } ? Answers(call).For(session.Agent) : Answers(call).All(call.AccountId)]));

    private static CannedAnswer Find(AdminCall call) => Answers(call).Find(call.AccountId, call.Part("id")) ?? throw AdminRefusal.NotFound("canned answer");

    private static CannedAnswers Answers(AdminCall call) => call.Services.Identity.CannedAnswers;
}
