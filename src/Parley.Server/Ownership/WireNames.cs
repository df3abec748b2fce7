using Parley.Conversations;

namespace Parley.Server.Ownership;

/// <summary>The heart's words as the wire spells them.</summary>
internal static class WireNames
{
    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().ToDictionary(Of);
    private static readonly Dictionary<string, DialogType> DialogTypes = Enum.GetValues<DialogType>().ToDictionary(Of);
    private static readonly Dictionary<string, TtrType> TtrTypes = Enum.GetValues<TtrType>().ToDictionary(Of);

    public static string Of(Role role) => role switch
    {
        Role.Consumer => "CONSUMER",
        Role.AssignedAgent => "ASSIGNED_AGENT",
        Role.Agent => "AGENT",
        Role.Manager => "MANAGER",
        Role.Reader => "READER",
        _ => "CONTROLLER",
    };

    public static string Of(Stage stage) => stage == Stage.Open ? "OPEN" : "CLOSE";

    public static string Of(DialogType type) => type switch
    {
        DialogType.Main => "MAIN",
        DialogType.PostSurvey => "POST_SURVEY",
        DialogType.Agents => "AGENTS",
        _ => "OTHER",
    };

    public static string Of(CloseReason reason) => reason switch
    {
        CloseReason.Consumer => "CONSUMER",
        CloseReason.Agent => "AGENT",
        CloseReason.Timeout => "TIMEOUT",
        _ => "SYSTEM",
    };

    public static string Of(TtrType type) => type switch
    {
        TtrType.Urgent => "URGENT",
        TtrType.Prioritized => "PRIORITIZED",
        TtrType.Custom => "CUSTOM",
        _ => "NORMAL",
    };

    public static string Of(RingState state) => state switch
    {
        RingState.Waiting => "WAITING",
        RingState.Accepted => "ACCEPTED",
        RingState.Rejected => "REJECTED",
        RingState.Expired => "EXPIRED",
        RingState.AutoAccept => "AUTO_ACCEPT",
        _ => "CANCELLED",
    };

    public static Role? RoleOf(string? name) => Find(Roles, name);

    public static DialogType? DialogTypeOf(string? name) => Find(DialogTypes, name);

    public static TtrType? TtrTypeOf(string? name) => Find(TtrTypes, name);

    private static T? Find<T>(Dictionary<string, T> names, string? name) where T : struct =>
        name is not null && names.TryGetValue(name, out var value) ? value : null;
}
