using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Protocol.Requests;

namespace Parley.Server.Profiles;

/// <summary>
/// What a consumer wants changed in his profile (protocol 13.2), in the shape that programs of agents rely on. What only
/// an identity provider may say (<c>claims</c>, <c>acr</c>, and in an element <c>auth</c>, <c>iss</c>, <c>acr</c>) is left out:
/// a program that sends back what it read must not fail, and nobody vouches for himself.
/// </summary>
internal static class ProfileChange
{
    /// <summary>How deep it may be nested.</summary>
    public const int Deepest = 16;

    public static readonly IReadOnlyList<string> Texts = ["firstName", "lastName", "avatarUrl", "role", "backgndImgUri", "description"];
    public static readonly IReadOnlyList<string> PrivateTexts = ["mobileNum", "mail"];
    public static readonly IReadOnlyList<string> PushTexts = ["serviceName", "certName", "token"];

    /// <summary>Reads a body; a refusal names the member.</summary>
    public static bool TryRead(JsonElement body, out JsonObject change, out string error)
    {
        change = [];
        if (body.ValueKind != JsonValueKind.Object || DepthOf(body) > Deepest)
        {
            error = body.ValueKind != JsonValueKind.Object ? "body must be an object" : $"body is nested deeper than {Deepest} levels";
            return false;
        }

        change = Copy(body)!.AsObject();
        foreach (var name in (string[])["userId", "claims", "acr"]) change.Remove(name);
        error = FaultOfTexts(change, Texts, "") ?? FaultOfPrivateData(change) ?? FaultOfSdes(change) ?? "";
        return error.Length == 0;
    }

    private static string? FaultOfPrivateData(JsonObject change) =>
        FaultOfObject(change, "privateData", "") ?? (change["privateData"] is not JsonObject data ? null
        : FaultOfTexts(data, PrivateTexts, "privateData.") ?? FaultOfObject(data, "pushNotificationData", "privateData.")
            ?? (data["pushNotificationData"] is JsonObject push ? FaultOfTexts(push, PushTexts, "privateData.pushNotificationData.") : null));

    // Programs iterate the list and read the type of its elements.
    private static string? FaultOfSdes(JsonObject change)
    {
        if (FaultOfObject(change, "authenticatedData", "") is { } fault) return fault;
        if (change["authenticatedData"] is not JsonObject data || data["lp_sdes"] is not { } given) return null;
        if (given is not JsonArray sdes)
        {
            data.Remove("lp_sdes");
            data["lp_sdes"] = sdes = [given];
        }

        for (var i = 0; i < sdes.Count; i++)
        {
            if (sdes[i] is not JsonObject sde) return $"authenticatedData.lp_sdes[{i}] must be an object";
            if (sde["type"]?.GetValueKind() != JsonValueKind.String) return $"authenticatedData.lp_sdes[{i}].type must be text";
            foreach (var name in (string[])["auth", "iss", "acr"]) sde.Remove(name);
        }

        return null;
    }

    private static string? FaultOfObject(JsonObject owner, string name, string path) =>
        owner[name] is null or JsonObject ? null : $"{path}{name} must be an object";

    private static string? FaultOfTexts(JsonObject owner, IReadOnlyList<string> names, string path)
    {
        foreach (var name in names)
        {
            if (owner[name] is not { } value || value.GetValueKind() == JsonValueKind.String) continue;
            if (value.GetValueKind() != JsonValueKind.Number) return $"{path}{name} must be text";
            owner[name] = value.ToJsonString();
        }

        return null;
    }

    // Member by member: of repeated ones the last counts, where JsonNode alone would throw.
    private static JsonNode? Copy(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return new JsonArray([.. value.EnumerateArray().Select(Copy)]);
        if (value.ValueKind != JsonValueKind.Object) return value.ValueKind == JsonValueKind.Null ? null : JsonValue.Create(value);
        var copy = new JsonObject();
        foreach (var member in value.EnumerateObject()) copy[member.Name] = Copy(member.Value);
        return copy;
    }

    private static int DepthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(m => DepthOf(m.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
