using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Files;

namespace Parley.Server.Identity;

/// <summary>Settings of an account changed by name, the way operators type them.</summary>
internal static class SettingsChange
{
    private const string Limits = "limits.";
    private const int LongestMessage = 2000;

    /// <summary>The settings with one member changed; an empty value gives the default back.</summary>
    /// <exception cref="RefusedException">There is no such setting, or it does not take this value.</exception>
    public static AccountSettings Apply(AccountSettings settings, string name, string value)
    {
        var json = JsonSerializer.SerializeToNode(settings, IdentityJson.Default.AccountSettings)!.AsObject();
        var (owner, member, type) = name.StartsWith(Limits, StringComparison.Ordinal)
            ? (Child(json), name[Limits.Length..], IdentityJson.Default.LimitOverrides)
            : (json, name, (JsonTypeInfo)IdentityJson.Default.AccountSettings);
        if (type.Properties.FirstOrDefault(p => p.Name == member) is not { } property || property.PropertyType == typeof(LimitOverrides))
        {
            throw new RefusedException($"There is no setting {name}. There are: {string.Join(", ", Names)}.");
        }

        owner.Remove(member);
        try
        {
            if (value.Length > 0)
            {
                owner[member] = property.PropertyType == typeof(string) ? value : JsonNode.Parse(value);
            }

            return Check(json.Deserialize(IdentityJson.Default.AccountSettings)!, name);
        }
        catch (JsonException)
        {
            throw new RefusedException($"{name} does not take the value {value}.");
        }
    }

    /// <summary>The settings, if each can have its value.</summary>
    /// <param name="settings">All of them.</param>
    /// <param name="name">Which one is named when it cannot.</param>
    /// <exception cref="RefusedException">One cannot.</exception>
    public static AccountSettings Check(AccountSettings settings, string name)
    {
        int?[] atLeastOne =
        [
            settings.TtrNormalSeconds, settings.TtrPrioritizedSeconds, settings.TtrUrgentSeconds, settings.RingSeconds,
            settings.TransferFallbackSeconds, settings.PresenceGraceSeconds, settings.AskAgainSeconds, settings.IdleSlotPercent, settings.IdleMinutes,
            settings.AutoCloseMinutes, settings.SurveyMinutes, settings.WaitingMessageSeconds,
            settings.Limits?.TextCharacters, settings.Limits?.FrameBytes, settings.Limits?.ConsumerBurst, settings.Limits?.AgentBurst,
            settings.Limits?.ConsumerRequestsPerSecond, settings.Limits?.AgentRequestsPerSecond, settings.FileBytes, settings.FileStorageMegabytes,
        ];
        if (settings.IdleSlotPercent > 100)
        {
            throw new RefusedException("idleSlotPercent is 1 to 100.");
        }

        AgentChange.Address("brandLogoUrl", settings.BrandLogoUrl ?? "");
        AgentChange.Address("brandBackgroundUrl", settings.BrandBackgroundUrl ?? "");
        AgentChange.Address("brandWebsiteUrl", settings.BrandWebsiteUrl ?? "");
        if (new[] { settings.BrandName, settings.BrandDescription, settings.BrandCategory }.Any(text => text is { Length: > 1000 }))
        {
            throw new RefusedException($"{name} has at most 1000 characters.");
        }

        if (new[] { settings.OffHoursMessage, settings.WelcomeMessage, settings.TransferMessage, settings.WaitingMessage }.Any(text => text is { Length: 0 or > LongestMessage }))
        {
            throw new RefusedException($"{name} has 1 to {LongestMessage} characters.");
        }

        WorkingHours.Check(settings.WorkingHours);
        StatusReason.Check(settings.StatusReasons ?? []);
        SurveySetting.Check(settings.Surveys ?? new Dictionary<string, SurveySetting>());

        if (settings.FileTypeNames.FirstOrDefault(type => FileType.All.All(known => known.Name != type)) is { } unknown)
        {
            throw new RefusedException($"There is no file type {unknown}. There are: {string.Join(", ", FileType.All.Select(known => known.Name))}.");
        }

        return atLeastOne.All(value => value is null or > 0) ? settings : throw new RefusedException($"{name} must be 1 or more.");
    }

    private static IEnumerable<string> Names =>
        IdentityJson.Default.AccountSettings.Properties.Where(p => p.PropertyType != typeof(LimitOverrides)).Select(p => p.Name)
            .Concat(IdentityJson.Default.LimitOverrides.Properties.Select(p => Limits + p.Name));

    private static JsonObject Child(JsonObject json)
    {
        if (json["limits"] is not JsonObject limits)
        {
            json["limits"] = limits = [];
        }

        return limits;
    }
}
