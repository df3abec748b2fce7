using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Support;

/// <summary>A good body of a request, and what may be said in place of it.</summary>
/// <param name="Body">The body; CONVERSATION, CONSUMER, AGENT-ID and ACCOUNT stand for ids.</param>
/// <param name="Consumer">The code that a consumer gets for it; null when he may not ask this, whatever the body.</param>
/// <param name="Agent">The code that an agent gets for it, or null.</param>
/// <param name="Members">What it consists of.</param>
internal sealed record BodyShape(string Body, int? Consumer, int? Agent, params BodyMember[] Members)
{
    /// <summary>Whether the body is not looked at.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Whether there must be a body, whatever its members.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether text or a number in place of the body is the id of somebody.</summary>
    public bool MayBeId { get; init; }

    /// <summary>The body and all changes of it.</summary>
    public IEnumerable<BodyVariant> Vary(int? code)
    {
        var good = code ?? 401;
        var isNeeded = IsRequired || Members.Any(member => member.IsRequired);
        string[] names = ["body", .. JsonNode.Parse(Body)!.AsObject().Select(member => member.Key)];
        List<BodyVariant> variants = [new(Body, [good])];
        foreach (var none in (string?[])[null, "null", "[]"])
            variants.Add(isNeeded ? new(none, [400], names) : new(none, [good]));
        foreach (var other in (string[])["7", "\"text\"", "true", $"[{Body}]"])
        {
            var isId = MayBeId && other is "7" or "\"text\"";
            variants.Add(IsIgnored ? new(other, [good]) : isId ? new(other, [403, 404]) : new(other, [400], names));
        }

        variants.AddRange(Members.SelectMany(member => member.Vary(Body, good)));
        return code is null ? variants.Select(v => new BodyVariant(v.Body, [401, 403])) : variants;
    }
}
