using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Settings;

/// <summary>What an account decides for itself.</summary>
internal static class SettingsEndpoints
{
    private const string Limits = "limits";

    private static readonly AdminJson Json = AdminJson.Default;

    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        AdminEndpoint.Get("/settings", AgentRole.Manager, "Read the settings of the account, with the values that hold where it chose none.", () => Json.AccountSettings, call => Task.FromResult(Effective(call))),
        AdminEndpoint.Do(
            HttpMethods.Patch, "/settings", AgentRole.Admin, "Change settings by name, all or none; null gives the default back. Open sockets keep the limits they began with.",
            () => Json.JsonObject, () => Json.AccountSettings, ChangeAsync) with { RequestLike = typeof(AccountSettings) },
    ];

    private static async Task<AccountSettings> ChangeAsync(AdminCall call, JsonObject changes)
    {
        var members = changes.SelectMany(member => member is { Key: Limits, Value: JsonObject limits }
            ? limits.Select(limit => KeyValuePair.Create($"{Limits}.{limit.Key}", limit.Value)) : [member]).ToArray();
        await call.Services.Identity.Accounts.ChangeSettingsAsync(
            call.AccountId, settings => members.Aggregate(settings, (changed, member) => SettingsChange.Apply(changed, member.Key, member.Value)));
        return Effective(call);
    }

    private static AccountSettings Effective(AdminCall call)
    {
        var settings = call.Services.Gateway.Settings(call.AccountId);
        var (own, server) = (settings.Limits, call.Services.Gateway.Limits);
        return settings with
        {
            BrandName = settings.BrandName ?? call.AccountId,
            StatusReasons = settings.StatusReasons ?? StatusReason.Defaults,
            Limits = new LimitOverrides
            {
                ConsumerRequestsPerSecond = own?.ConsumerRequestsPerSecond ?? server.ConsumerRequestsPerSecond,
                ConsumerBurst = own?.ConsumerBurst ?? server.ConsumerBurst,
                AgentRequestsPerSecond = own?.AgentRequestsPerSecond ?? server.AgentRequestsPerSecond,
                AgentBurst = own?.AgentBurst ?? server.AgentBurst,
                TextCharacters = own?.TextCharacters ?? server.TextCharacters,
                FrameBytes = own?.FrameBytes ?? server.FrameBytes,
            },
        };
    }
}
