namespace Parley.Protocol.Records;

/// <summary>A user as the two generations name him (protocol 2): consumers have one id, agents two.</summary>
/// <param name="Pid">The public id: all that v3 shows.</param>
/// <param name="OldId"><c>account.number</c> of an agent, the same id again of a consumer: what v2 shows.</param>
public readonly record struct UserName(string Pid, string OldId)
{
    /// <summary>The id this dialect shows.</summary>
    public string In(Dialect dialect) => dialect == Dialect.V3 ? Pid : OldId;
}
