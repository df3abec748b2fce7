namespace Parley.Server.Identity;

/// <summary>What an agent is; the numbers are the <c>userTypeId</c> of the wire (protocol 22).</summary>
public enum UserType : byte
{
    System = 0,
    Human = 1,
    Bot = 2,
}
