namespace Parley.Protocol;

/// <summary>What there is to know of a request (protocol 1.2).</summary>
/// <param name="Verb">What it asks for.</param>
/// <param name="Names">Its type names, of both families.</param>
/// <param name="V3Response">The type of a good answer on a connection of the third generation.</param>
/// <param name="V2Response">The type of a good answer on one of the second.</param>
/// <param name="IsForAgents">Whether only agents may ask it.</param>
/// <param name="Purpose">What it is for, in a line.</param>
public sealed record VerbRow(Verb Verb, IReadOnlyList<string> Names, string V3Response, string V2Response, bool IsForAgents, string Purpose);
