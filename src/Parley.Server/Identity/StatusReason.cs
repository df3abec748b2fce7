namespace Parley.Server.Identity;

/// <summary>Why an agent is away, for him to choose from (protocol 22).</summary>
/// <param name="Id">Digits, unique in the account.</param>
/// <param name="Text">What agents read.</param>
/// <param name="State"><c>AWAY</c> or <c>BACK_SOON</c>.</param>
/// <param name="Enabled">Whether it can be chosen.</param>
public sealed record StatusReason(string Id, string Text, string State, bool Enabled = true)
{
    /// <summary>What an account has that chose none.</summary>
    public static readonly IReadOnlyList<StatusReason> Defaults =
        [new("1", "Break", "BACK_SOON"), new("2", "Lunch", "AWAY"), new("3", "Meeting", "AWAY"), new("4", "Training", "AWAY")];

    internal static void Check(IReadOnlyList<StatusReason> reasons)
    {
        if (reasons.Count > 100 || reasons.Any(r => r is null or { Id: null } or { Text: null } || r.State is not ("AWAY" or "BACK_SOON")
            || r.Id.Length is 0 or > 18 || !r.Id.All(char.IsAsciiDigit) || r.Text.Length is 0 or > 128)
            || reasons.DistinctBy(r => r.Id).Count() < reasons.Count)
        {
            throw new RefusedException(
                """statusReasons is a list of at most 100 like [{"id":"1","text":"Lunch","state":"AWAY"}]: ids are digits and differ, texts have 1 to 128 characters, states are AWAY or BACK_SOON.""");
        }
    }
}
