using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Support;

/// <summary>A member of a request's body, and the ways to say it well or badly.</summary>
/// <param name="Path">Where it is in the good body.</param>
/// <param name="Form">What it may be.</param>
/// <param name="IsRequired">Whether the request makes no sense without it.</param>
/// <param name="AsNumber">The codes for a number that stands for text; that of the good body when empty.</param>
internal sealed record BodyMember(string Path, MemberForm Form, bool IsRequired, params int[] AsNumber)
{
    /// <summary>Bodies with this member changed.</summary>
    public IEnumerable<BodyVariant> Vary(string body, int code)
    {
        foreach (var isMissing in (bool[])[true, false])
            yield return IsRequired ? new(With(body, null, isMissing), [400], Path) : new(With(body, null, isMissing), [code]);
        var good = At(JsonNode.Parse(body)!).ToJsonString();
        foreach (var other in Good(good)) yield return new(With(body, other), [code]);
        if (Form == MemberForm.Text) yield return new(With(body, "7"), AsNumber.Length == 0 ? [code] : AsNumber);
        foreach (var wrong in Wrong(good)) yield return new(With(body, wrong), [400], Path);
    }

    private IEnumerable<string> Good(string good) => Form switch
    {
        MemberForm.Any => ["7", "\"text\"", "true", $"[{good}]"],
        MemberForm.Integer => [$"\"{good}\""],
        MemberForm.Objects => [$"[{good}]"],
        MemberForm.Texts => [good.Trim('[', ']'), "[7]"],
        MemberForm.Integers => [good.Trim('[', ']'), $"[\"{good.Trim('[', ']')}\"]"],
        _ => [],
    };

    private IEnumerable<string> Wrong(string good) => Form switch
    {
        MemberForm.Any => [],
        MemberForm.Text => ["{}", "true", $"[{good}]"],
        MemberForm.TextOnly => ["{}", "true", "7", $"[{good}]"],
        MemberForm.Word => ["{}", "true", "7", "\"no such word\"", $"[{good}]"],
        MemberForm.Integer => ["{}", "true", "\"many\"", $"[{good}]"],
        MemberForm.Truth => ["{}", "7", "\"true\"", $"[{good}]"],
        MemberForm.Object => ["7", "true", "\"text\"", "[]", $"[{good}]"],
        MemberForm.Objects => ["7", "true", "\"text\"", "[7]"],
        MemberForm.Texts => ["{}", "true", "[{}]", $"[{good}]"],
        _ => ["{}", "true", "\"many\"", "[{}]", $"[{good}]"],
    };

    private string With(string body, string? json, bool isMissing = false)
    {
        var root = JsonNode.Parse(body)!;
        var owner = At(root).Parent!.AsObject();
        var name = Path.Split('.')[^1];
        if (isMissing) owner.Remove(name);
        else owner[name] = json is null ? null : JsonNode.Parse(json);
        return root.ToJsonString();
    }

    private JsonNode At(JsonNode root) => Path.Split('.').Aggregate(root, (node, name) => node[name]!);
}
