namespace Parley.Server.Tests.Support;

/// <summary>A body to send, and what must come back.</summary>
/// <param name="Body">Its JSON; null for no body.</param>
/// <param name="Codes">The answer has one of these codes.</param>
/// <param name="Names">The refusal names one of these members; empty when nothing is wrong with any.</param>
internal sealed record BodyVariant(string? Body, IReadOnlyList<int> Codes, params IReadOnlyList<string> Names)
{
    /// <summary>Whether an answer is the one that must come.</summary>
    public bool IsAnsweredBy(WireFrame answer) =>
        Codes.Contains(answer.Code)
        && answer.Type == ".ReqBody$ErrorResp" == answer.Code >= 400
        && (answer.Code < 400 || (string?)answer.Body!["title"] is { Length: > 0 })
        && (Names.Count == 0 || Names.Any(path => ((string?)answer.Body!["details"] ?? "").Contains(path.Split('.')[^1], StringComparison.OrdinalIgnoreCase)));
}
