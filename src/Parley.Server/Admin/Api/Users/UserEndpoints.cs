using Microsoft.AspNetCore.Http;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Users;

/// <summary>The people and programs that log in to an account. Nobody is ever deleted: conversations tell of him.</summary>
internal static class UserEndpoints
{
    private static readonly AdminJson Json = AdminJson.Default;

    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        AdminEndpoint.Get("/users", AgentRole.Manager, "List the users, disabled ones included, by login name.", () => Json.UserList, ListAsync),
        AdminEndpoint.Do(HttpMethods.Post, "/users", AgentRole.Admin, "Add a user. A password is generated when none is given, and told once.", () => Json.UserAdd, () => Json.UserAdded, AddAsync)
            with { Status = StatusCodes.Status201Created },
        AdminEndpoint.Get("/users/{id}", AgentRole.Manager, "Read one user, by number, account.number or public id.", () => Json.UserView, call => Task.FromResult(View(call, Find(call)))),
        AdminEndpoint.Do(
            HttpMethods.Patch, "/users/{id}", AgentRole.Admin,
            "Change members of a user, all or none. Who is disabled or gets a lower role is logged out; the last enabled admin stays one.",
            () => Json.UserChange, () => Json.UserView, ChangeAsync),
        AdminEndpoint.Do(
            HttpMethods.Post, "/users/{id}/password", AgentRole.Admin, "Set a user's password and log him out. It is generated when none is given, and told once.",
            () => Json.PasswordChange, () => Json.PasswordSet, SetPasswordAsync),
    ];

    private static Task<UserList> ListAsync(AdminCall call)
    {
        var directory = call.Services.Identity.Agents;
        var withKeys = directory.PidsWithKeys();
        return Task.FromResult(new UserList([.. directory.All(call.AccountId).Select(agent => UserView.Of(agent, directory, withKeys))]));
    }

    private static async Task<UserAdded> AddAsync(AdminCall call, UserAdd user)
    {
        var added = await call.Services.Operations.AddAgentAsync(new AddAgent(call.AccountId, user.Login) { Password = user.Password, Profile = user.ByName() });
        return new UserAdded(View(call, call.Services.Identity.Agents.FindByLogin(call.AccountId, user.Login)!), added.Password);
    }

    // The operator may take the last admin away: he needs none.
    private static async Task<UserView> ChangeAsync(AdminCall call, UserChange change) =>
        View(call, await call.Services.Operations.ChangeAgentAsync(Find(call), change.ByName(), keepsAdmin: !call.Caller.IsOperator));

    private static Task<PasswordSet> SetPasswordAsync(AdminCall call, PasswordChange change) =>
        call.Services.Operations.SetPasswordAsync(new SetPassword(call.AccountId, Find(call).Login, change.Password));

    private static AgentProfile Find(AdminCall call)
    {
        var (directory, id) = (call.Services.Identity.Agents, call.Part("id"));
        return directory.Find(call.AccountId, id) ?? directory.Find(call.AccountId, $"{call.AccountId}.{id}") ?? throw AdminRefusal.NotFound("user");
    }

    private static UserView View(AdminCall call, AgentProfile agent) => UserView.Of(agent, call.Services.Identity.Agents, call.Services.Identity.Agents.PidsWithKeys());
}
