using Microsoft.AspNetCore.Http;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Skills;

/// <summary>What conversations can ask for and agents can have.</summary>
internal static class SkillEndpoints
{
    private static readonly AdminJson Json = AdminJson.Default;

    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        AdminEndpoint.Get("/skills", AgentRole.Agent, "List the skills, by id.", () => Json.SkillList, call => Task.FromResult(new SkillList(call.Services.Identity.Agents.Skills(call.AccountId)))),
        AdminEndpoint.Do(HttpMethods.Post, "/skills", AgentRole.Admin, "Add a skill.", () => Json.SkillAdd, () => Json.Skill, AddAsync) with { Status = StatusCodes.Status201Created },
        AdminEndpoint.Get("/skills/{id}", AgentRole.Agent, "Read one skill.", () => Json.Skill, call => Task.FromResult(Find(call))),
        AdminEndpoint.Do(HttpMethods.Patch, "/skills/{id}", AgentRole.Admin, "Change a skill's name and settings, all or none.", () => Json.SkillPatch, () => Json.Skill, ChangeAsync),
        AdminEndpoint.Delete(
            "/skills/{id}", AgentRole.Admin, "Remove a skill that no agent and no open conversation has, to which no other falls back and for which there is no canned answer.",
            call => call.Services.Operations.RemoveSkillAsync(call.AccountId, Find(call).Id)),
    ];

    private static Task<Skill> AddAsync(AdminCall call, SkillAdd skill) => call.Services.Identity.Agents.AddSkillAsync(
        call.AccountId, skill.Id, skill.Name, added => SkillChange.Apply(added, skill.Settings ?? []));

    private static Task<Skill> ChangeAsync(AdminCall call, SkillPatch change) => call.Services.Identity.Agents.ChangeSkillAsync(
        call.AccountId, Find(call).Id, skill => SkillChange.Apply(change.Name is { } name ? skill with { Name = name } : skill, change.Settings ?? []));

    private static Skill Find(AdminCall call) => call.Services.Identity.Agents.FindSkill(call.AccountId, call.Part("id")) ?? throw AdminRefusal.NotFound("skill");
}
