package dev.tom.operator.window;

/** Why a condition is as it is: the whole vocabulary. */
public enum Reason {
    BEFORE_START("BeforeStart"),
    REQUIREMENT_MISSING("RequirementMissing"),
    REQUIREMENTS_MET("RequirementsMet"),
    SECRET_MISSING("SecretMissing"),
    SECRET_KEY_MISSING("SecretKeyMissing"),
    SECRET_TOO_SHORT("SecretTooShort"),
    FOUND("Found"),
    NOT_CONFIGURED("NotConfigured"),
    NOT_TOLD("NotTold"),
    FAILING("Failing"),
    REACHED("Reached"),
    NOT_REACHED("NotReached"),
    NOT_TRIED("NotTried"),
    NOT_SERVED("NotServed"),
    TOO_FEW_BRIDGES("TooFewBridges"),
    EGRESS_MODE_UNSUPPORTED("EgressModeUnsupported"),
    CILIUM_SELECTED("CiliumSelected"),
    GATEWAY_SELECTED("GatewaySelected"),
    ADDRESS_RANGES_SELECTED("AddressRangesSelected"),
    ANY_PUBLIC_ADDRESS_SELECTED("AnyPublicAddressSelected"),
    GATEWAY_STARTING("GatewayStarting"),
    GATEWAY_NOT_READY("GatewayNotReady"),
    DURATION_NOT_ALLOWED("DurationNotAllowed"),
    PROVIDER_HOST_NOT_ALLOWED("ProviderHostNotAllowed"),
    WINDOW_OPEN("WindowOpen"),
    LOCAL_BACKEND("LocalBackend"),
    WINDOW_ENDED("WindowEnded"),
    STOPPED("Stopped"),
    DELETED("Deleted"),
    NEVER_OPENED("NeverOpened"),
    VERIFIED("Verified"),
    CLOSING("Closing"),
    PROVIDER_SOCKETS_OPEN("ProviderSocketsOpen"),
    LEASE_STILL_ALLOWED("LeaseStillAllowed"),
    POLICY_STILL_PRESENT("PolicyStillPresent"),
    GATEWAY_STILL_PRESENT("GatewayStillPresent"),
    BRIDGE_UNREACHABLE("BridgeUnreachable"),
    CANARY_FAILED("CanaryFailed"),
    CANARY_CONNECTED("CanaryConnected"),
    CANARY_PENDING("CanaryPending"),
    CANARY_UNRESOLVED("CanaryUnresolved"),
    WAY_NOT_PROVEN("WayNotProven"),
    NO_BRIDGE_READY("NoBridgeReady"),
    BRIDGES_READY("BridgesReady"),
    NOT_IN_USE("NotInUse"),
    IN_USE("InUse"),
    FAILED_OVER("FailedOver"),
    CALLS_LIVE("CallsLive"),
    SETTLED("Settled"),
    WORKING("Working"),
    WRITTEN("Written"),
    NOT_YET("NotYet");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** As it stands in the status. */
    public String text() {
        return text;
    }
}
