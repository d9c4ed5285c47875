import { theme as antd, type ThemeConfig } from 'antd';

/** antd in the colours of look.css. */
export function themeOf(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      motion: false, // its icons of waiting stay behind, unseen, and are read out with the button's name
      colorPrimary: dark ? '#4f7fdd' : '#1f4fbf',
      colorLink: dark ? '#7aa5ff' : '#1f4fbf',
      colorBgContainer: dark ? '#171c25' : '#ffffff',
      colorBgElevated: dark ? '#1c222d' : '#ffffff',
      colorBgLayout: dark ? '#0f131a' : '#f4f6fa',
      colorBorder: dark ? '#3a4556' : '#c9d1de',
      colorBorderSecondary: dark ? '#28303d' : '#e1e6ee',
      colorText: dark ? '#e4e9f1' : '#1b2432',
      colorTextSecondary: dark ? '#a9b4c4' : '#526074',
      colorTextDescription: dark ? '#a9b4c4' : '#526074',
      colorTextPlaceholder: dark ? '#94a1b4' : '#647085',
      colorError: dark ? '#ff8f87' : '#b3261e',
      borderRadius: 8,
      fontFamily: 'var(--font)',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        // White on what the dark algorithm makes of the primary colour is too faint (WCAG 1.4.3).
        ...(dark ? { colorPrimary: '#456fbe', colorPrimaryHover: '#4a75c6' } : {}),
      },
    },
  };
}
